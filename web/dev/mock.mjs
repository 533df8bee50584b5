/** Cases and captures as the server would tell them, made up: for trying the page without the server. */

export const PROFILE = {
  name: "default",
  title: { en: "Where no rule is known", zh: "无已知规定" },
  guardian_below_age: 14,
  actions: ["turn-left", "turn-right", "look-up", "look-down", "blink", "close-eyes", "open-mouth", "approach"],
  retention: [
    { what: "frames", seconds: 0, how_long: { en: "0 seconds", zh: "0 秒" } },
    { what: "reference", seconds: 600, how_long: { en: "10 minutes", zh: "10 分钟" } },
    { what: "record", seconds: 63244800, how_long: { en: "2 years", zh: "2 年" } },
    { what: "receipt", seconds: 63244800, how_long: { en: "2 years", zh: "2 年" } },
  ],
  alternatives: [
    { code: "in-person", en: "A member of staff compares you with your document in person, without a camera.", zh: "由工作人员当面核对您本人与证件，不使用摄像头。" },
    { code: "trusted-referee", en: "A trained member of staff helps you to show in another way who you are.", zh: "由受过培训的工作人员协助您以其他方式证明身份。" },
  ],
  notices: [
    { code: "one-line", en: "One accepted attempt activates one line only: the one that is named on your screen.", zh: "一次通过的核验只开通一个号码，即屏幕上显示的号码。" },
    { code: "receipt", en: "Every attempt, passed or failed, gives you a receipt number.", zh: "每次核验无论是否通过，您都会得到一个凭证编号。" },
  ],
};

const NEXT = {
  created: ["consent", "choose-alternative", "withdraw"],
  consented: ["set-reference", "choose-alternative", "withdraw"],
  referenced: ["set-reference", "begin-attempt", "choose-alternative", "withdraw"],
  capturing: ["restart-attempt", "choose-alternative", "withdraw"],
  accepted: ["withdraw"],
  referred: ["choose-alternative", "withdraw"],
  refused: ["choose-alternative"],
  alternative: ["withdraw"],
};

const reasons = (...codes) => codes.map((code) => ({ code, text: `The server's own words for ${code}.`, remedy: "" }));
const ended = (outcome, attempt, ...codes) => ({ attempt, outcome, ended_at: "2026-11-24T09:58:12Z", reasons: reasons(...codes) });

/** What differs from a new case, by the first word of the link. */
const BEGINNINGS = {
  created: {},
  trial: { demo: true },
  consented: { state: "consented" },
  trialdocument: { state: "consented", demo: true },
  referenced: { state: "referenced" },
  failed: { state: "referenced", used: 1, result: ended("failed", 1, "challenge-wrong-action", "light") },
  stopped: { state: "referenced", used: 1, result: ended("abandoned", 1, "stopped") },
  oddreason: { state: "referenced", used: 1, result: ended("failed", 1, "never-heard-of") },
  locked: { state: "referenced", used: 2, lockedFor: 1745, result: ended("failed", 2, "non-match") },
  elsewhere: { state: "capturing", used: 1 },
  worn: { state: "capturing", used: 1, restarts: 2 },
  wornout: { state: "capturing", used: 3, restarts: 2 },
  accepted: { state: "accepted", used: 1, by: "face", result: ended("accepted", 1, "accepted") },
  acceptedother: { state: "accepted", used: 1, by: "alternative" },
  activated: { state: "activated", used: 1, by: "face", result: ended("accepted", 1, "accepted") },
  referred: { state: "referred", used: 1, result: ended("referred", 1, "near-threshold", "unsettled") },
  refused: { state: "refused", used: 3, result: ended("failed", 3, "non-match") },
  alternative: { state: "alternative" },
  expired: { state: "expired", used: 1 },
  withdrawn: { state: "withdrawn" },
  cancelled: { state: "cancelled" },
};

/** A case for a link such as srl_referenced-cut: its beginning, then how its captures go. */
export function newCase(link) {
  const [beginning, script = "accept"] = link.slice("srl_".length).split("-");
  const found = BEGINNINGS[beginning];
  if (found === undefined) return null;
  return { state: "created", used: 0, of: 3, restarts: 0, demo: false, result: null, by: null, lockedFor: 0, script, born: Date.now(), ...found };
}

export function told(it) {
  const lockedUntil = it.lockedFor ? new Date(it.born + 1000 * it.lockedFor).toISOString() : null;
  return {
    case: "case_1",
    folio: "7K3M-90QX-2TFA",
    state: it.state,
    version: 1,
    line: "+49 1512 3456789",
    transaction: "new",
    channel: "shop",
    language: "en",
    demo: it.demo,
    now: new Date().toISOString(),
    expires_at: "2026-12-24T10:00:00Z",
    locked_until: lockedUntil,
    profile: PROFILE,
    attempts: { used: it.used, of: it.of, restarts_left: 2 - it.restarts },
    consent: { text_version: null },
    accepted_by: it.by,
    result: it.result,
    next: NEXT[it.state] ?? [],
  };
}

/** How a capture goes, by the second word of the link: what is asked, held or broken off. */
export const SCRIPTS = {
  accept: { actions: ["turn-left", "blink", "look-up"], end: "accepted" },
  fail: { actions: ["turn-right", "open-mouth"], end: "referenced", reasons: ["challenge-wrong-action"] },
  refer: { actions: ["turn-right", "open-mouth"], end: "referred", reasons: ["near-threshold"] },
  cut: { actions: ["turn-left", "blink"], end: "accepted", cut: 1 },
  cutalways: { actions: ["turn-left", "blink"], end: "accepted", cut: 99 },
  cutjudging: { actions: ["turn-left"], end: "accepted", cutJudging: true },
  slow: { actions: ["turn-left"], hold: "turn-left", mute: true },
  queue: { queue: true },
  busy: { error: ["busy", true, 4429] },
  origin: { close: 4403 },
  token: { close: 4401 },
  restart: { close: 1012 },
  silence: { error: ["silence", true, 4408] },
  old: { error: ["protocol-version", false, 4400] },
  gone: { error: ["reference-gone", false, 4400] },
  odd: { error: ["never-heard-of", true, 4400] },
  judging: { actions: [], judgeForEver: true },
  begin: { hold: null },
  noface: { hold: null, guidance: "no-face" },
  back: { hold: null, guidance: "turn-back" },
  several: { hold: "turn-left", guidance: "several-faces" },
  ...Object.fromEntries(PROFILE.actions.map((action) => [action.replace("-", ""), { hold: action }])),
};
