/** All calls to the server that the subscriber's page makes. */

import type { Language } from "../texts/language.js";

export type Told = Record<Language, string>;

export interface Reason {
  code: string;
  text: string;
  remedy: string;
}

export interface CaseView {
  state: string;
  line: string;
  transaction: string;
  language: string;
  folio: string | null;
  demo: boolean;
  /** The server's clock when it answered, and the times it names, in milliseconds. */
  now: number;
  lockedUntil: number | null;
  profile: {
    guardianBelow: number | null;
    actions: string[];
    retention: { what: string; seconds: number; howLong: Told }[];
    alternatives: ({ code: string } & Told)[];
    notices: ({ code: string } & Told)[];
  };
  attempts: { used: number; of: number; restartsLeft: number };
  acceptedBy: string | null;
  result: { attempt: number; outcome: string; endedAt: number | null; reasons: Reason[] } | null;
  next: string[];
}

export interface ReferenceAnswer {
  problem: Reason | null;
  quality: number | null;
}

export interface AttemptGrant {
  token: string;
  url: string;
  number: number;
  of: number;
}

/** A case of the person: what it was for, and what came of it. */
export interface HeldCase {
  folio: string;
  line: string;
  transaction: string;
  state: string;
  openedAt: string;
  consentText: string | null;
  onSince: string | null;
  frozenSince: string | null;
  attempts: number;
}

/** All that is held of a person: as the server tells it, and what is shown of it. */
export interface Held {
  all: object;
  cases: HeldCase[];
}

export interface Erased {
  erased: string[];
  kept: { folio: string; why: string; until: string | null }[];
}

/** A problem document, or the lack of any answer (`offline`). */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly detail = "",
    readonly remedy = "",
    readonly retryAfter: number | null = null,
  ) {
    super(code);
  }

  /** Whether the same call may succeed a little later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const USUAL_MS = 9000;
const UPLOAD_MS = 60000;

export class Api {
  constructor(
    private readonly link: string,
    private readonly base = "v1/",
  ) {}

  async case(): Promise<CaseView> {
    return readCase(await this.#call("GET", "subscriber/case"));
  }

  async consent(textVersion: string, language: Language): Promise<void> {
    await this.#call("POST", "subscriber/consent", { text_version: textVersion, language });
  }

  async alternative(reason: "rather-not" | "cannot"): Promise<void> {
    await this.#call("POST", "subscriber/alternative", { reason });
  }

  async withdraw(): Promise<void> {
    await this.#call("POST", "subscriber/withdrawal");
  }

  async reference(picture: Blob): Promise<ReferenceAnswer> {
    const answer = record(await this.#call("PUT", "subscriber/reference", picture));
    return { problem: answer.problem ? reason(answer.problem) : null, quality: numberOr(answer.quality, null) };
  }

  async attempt(cannot: string[]): Promise<AttemptGrant> {
    const answer = record(await this.#call("POST", "subscriber/attempts", { cannot }));
    return {
      token: String(answer.token),
      url: typeof answer.url === "string" ? answer.url : "",
      number: numberOr(answer.number, 1),
      of: numberOr(answer.of, 1),
    };
  }

  /** The receipt of the last attempt as a JWS, and its short form as a QR code. */
  async receipt(): Promise<{ text: string; picture: string }> {
    const [text, picture] = await Promise.all([this.#text("subscriber/receipt"), this.#text("subscriber/receipt/qr")]);
    return { text, picture };
  }

  /** Everything that is held of the person of this case. */
  async holdings(): Promise<Held> {
    const all = record(await this.#call("GET", "subscriber/holdings"));
    const cases = Array.isArray(all.cases) ? all.cases.map(record) : [];
    return { all, cases: cases.map(heldCase) };
  }

  async erase(): Promise<Erased> {
    const told = record(await this.#call("POST", "subscriber/erasure"));
    const kept = Array.isArray(told.kept) ? told.kept.map(record) : [];
    return {
      erased: Array.isArray(told.erased) ? told.erased.map(String) : [],
      kept: kept.map((one) => ({ folio: textOr(one.folio, ""), why: textOr(one.why, ""), until: textOr(one.until, null) })),
    };
  }

  async dispute(line: string, reason: string): Promise<void> {
    await this.#call("POST", "subscriber/disputes", { line, reason });
  }

  async #text(path: string): Promise<string> {
    const answer = await send("GET", this.base + path, undefined, new Headers({ Authorization: `Bearer ${this.link}` }));
    if (!answer.ok) throw problem(answer, await answer.json().catch(() => null));
    return answer.text();
  }

  #call(method: string, path: string, body?: object): Promise<unknown> {
    return call(method, this.base + path, body, { Authorization: `Bearer ${this.link}` });
  }
}

function heldCase(one: Record<string, unknown>): HeldCase {
  return {
    folio: textOr(one.folio, ""),
    line: textOr(one.line, ""),
    transaction: textOr(one.transaction, ""),
    state: textOr(one.state, ""),
    openedAt: textOr(one.opened_at, ""),
    consentText: textOr(one.consent_text, null),
    onSince: textOr(one.off_since, null) === null ? textOr(one.on_since, null) : null,
    frozenSince: textOr(one.frozen_since, null),
    attempts: Array.isArray(one.attempts) ? one.attempts.length : 0,
  };
}

/** Ask for a trial case; gives its link token. */
export async function tryOut(base = "v1/"): Promise<string> {
  return String(record(await call("POST", `${base}try`, undefined, {})).token);
}

async function call(method: string, address: string, body: object | undefined, headers: HeadersInit): Promise<unknown> {
  const picture = body instanceof Blob;
  const all = new Headers({ Accept: "application/json", ...headers });
  if (body !== undefined) all.set("Content-Type", picture ? body.type || "image/jpeg" : "application/json");
  const answer = await send(method, address, body, all);
  const json: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw problem(answer, json);
  return json;
}

async function send(method: string, address: string, body: object | undefined, headers: Headers): Promise<Response> {
  const picture = body instanceof Blob;
  try {
    return await fetch(address, {
      method,
      headers,
      body: body === undefined ? null : picture ? body : JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(picture ? UPLOAD_MS : USUAL_MS),
    });
  } catch {
    throw new Problem("offline", 0);
  }
}

function problem(answer: Response, json: unknown): Problem {
  const said = record(json);
  const wait = Number.parseInt(answer.headers.get("Retry-After") ?? "", 10);
  const usual = answer.status === 429 ? "too-many" : answer.status >= 500 ? "server" : "unknown";
  return new Problem(
    textOr(said.code, usual),
    answer.status,
    textOr(said.detail, ""),
    textOr(said.remedy, ""),
    Number.isFinite(wait) ? wait : null,
  );
}

/** A case as the server tells it; what is missing is taken as empty. */
export function readCase(json: unknown): CaseView {
  const it = record(json);
  if (typeof it.state !== "string") throw new Problem("server", 500);
  const [profile, attempts] = [record(it.profile), record(it.attempts)];
  return {
    state: it.state,
    line: textOr(it.line, ""),
    transaction: textOr(it.transaction, ""),
    language: textOr(it.language, ""),
    folio: textOr(it.folio, null),
    demo: it.demo === true,
    now: time(it.now) ?? Date.now(),
    lockedUntil: time(it.locked_until),
    profile: {
      guardianBelow: numberOr(profile.guardian_below_age, null),
      actions: list(profile.actions).map(String),
      retention: list(profile.retention).map((one) => {
        const { what, seconds, how_long } = record(one);
        return { what: textOr(what, ""), seconds: numberOr(seconds, -1), howLong: told(how_long) };
      }),
      alternatives: list(profile.alternatives).map(entry),
      notices: list(profile.notices).map(entry),
    },
    attempts: {
      used: numberOr(attempts.used, 0),
      of: numberOr(attempts.of, 0),
      restartsLeft: numberOr(attempts.restarts_left, 1),
    },
    acceptedBy: textOr(it.accepted_by, null),
    result: it.result ? result(it.result) : null,
    next: list(it.next).map(String),
  };
}

function result(json: unknown): NonNullable<CaseView["result"]> {
  const it = record(json);
  return {
    attempt: numberOr(it.attempt, 0),
    outcome: textOr(it.outcome, ""),
    endedAt: time(it.ended_at),
    reasons: list(it.reasons).map(reason),
  };
}

function reason(json: unknown): Reason {
  const it = record(json);
  return { code: textOr(it.code, "unknown"), text: textOr(it.text, ""), remedy: textOr(it.remedy, "") };
}

const entry = (json: unknown) => ({ code: textOr(record(json).code, ""), ...told(json) });

/** Words in both languages; one text alone serves for both. */
function told(json: unknown): Told {
  if (typeof json === "string") return { en: json, zh: json };
  const it = record(json);
  const en = textOr(it.en, "");
  return { en, zh: textOr(it.zh, en) };
}

const record = (json: unknown): Record<string, unknown> =>
  typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
const list = (json: unknown): unknown[] => (Array.isArray(json) ? json : []);
const textOr = <Other>(value: unknown, other: Other): string | Other => (typeof value === "string" ? value : other);
const numberOr = <Other>(value: unknown, other: Other): number | Other => (typeof value === "number" ? value : other);

function time(value: unknown): number | null {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
