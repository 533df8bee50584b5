"""What the demonstration says, in English and Chinese."""

from dataclasses import dataclass

from simreg.decision.types import Outcome


@dataclass(frozen=True, slots=True)
class SceneWords:
    """One scene: its title, what is done in it, and what is said when it ended as expected."""

    title: str
    what: str
    expected: str


@dataclass(frozen=True, slots=True)
class Words:
    """All words of one language; ``{...}`` is filled in."""

    language: str
    title: str
    intro: str
    asked: str
    scenes: dict[str, SceneWords]
    outcomes: dict[Outcome, str]
    unexpected: str
    says: str
    report: str
    film: str
    again: str
    fooled: str
    pad_stops: str
    pad_unsure: str
    pad_fooled: str
    other_stops: str
    print_stops: str


ENGLISH = Words(
    language="en",
    title="simreg: demonstration",
    intro="Nobody is in these pictures. A head was made by code out of one portrait in the public domain (the astronaut "
    "Eileen Collins, photograph by NASA) and filmed by a camera made by code; the portrait itself is the document.",
    asked="Asked for, in this order: {challenge}.",
    scenes={
        "live": SceneWords(
            "The head follows the challenge",
            "It turns, blinks and turns as asked.",
            "As expected: every movement was seen when it was asked for, and the face matches the portrait.",
        ),
        "ignores": SceneWords(
            "The head ignores the challenge",
            "It does as many other things, which nobody asked for.",
            "As expected: what was asked for was not seen, so it was not accepted.",
        ),
        "print": SceneWords(
            "The portrait as a flat print",
            "The same portrait on paper is turned and moved before the camera.",
            "As expected: what was asked for was not seen, so it was not accepted.",
        ),
    },
    outcomes={Outcome.ACCEPT: "Accepted", Outcome.REFER: "Referred to a person", Outcome.REFUSE: "Refused"},
    unexpected="NOT as expected: see the report. If the programs and weights are unaltered, please report this.",
    says="simreg says: {text}",
    report="Report",
    film="Film",
    again="To judge a film again:",
    fooled="No check that was made sees that this head is artificial: that is the limit of what pixels can tell. Its "
    "film was handed over as a file, past any camera: an injection attack. Against that help only a device and an app "
    "that vouch for the camera, and a document that proves itself; no check on this page can.",
    pad_stops="An artificial face cannot pass the check passive-pad here: that network looks at skin, edges and grain, "
    "and sees that this picture was not taken of a live person.",
    pad_unsure="The check passive-pad could not be settled: {text}",
    pad_fooled="The passive PAD network took this picture for a live person's ({value:.2f} of 1): it knows prints and "
    "screens as cameras see them, not pictures painted by code. It is one check among several.",
    other_stops="The artificial face did not pass the check {check}: {text}",
    print_stops="What a print cannot do: blink, or turn. The paper was turned by up to 50 degrees, but the nose on it "
    "does not move against the cheeks as on a head: at most {yaw:.0f} degrees were read, and a turn counts from 25. A "
    "bent print can get further; the checks not-flat and turn-shape are there for it.",
)

CHINESE = Words(
    language="zh",
    title="simreg 演示",
    intro="画面中没有真人。程序根据一张公有领域的肖像（宇航员艾琳·柯林斯，NASA 摄）制作了头部模型，"
    "并用程序模拟的摄像头拍摄；肖像本身作为证件照。",
    asked="按此顺序要求：{challenge}。",
    scenes={
        "live": SceneWords(
            "头部按要求做动作", "依次转头、眨眼、再转头。", "符合预期：每个动作都在要求时看到，人脸与肖像匹配。"
        ),
        "ignores": SceneWords(
            "头部不按要求做动作", "做了同样数量但没有要求的动作。", "符合预期：没有看到要求的动作，因此未通过。"
        ),
        "print": SceneWords(
            "平面打印照片", "把同一肖像印在纸上，在镜头前转动和移动。", "符合预期：没有看到要求的动作，因此未通过。"
        ),
    },
    outcomes={Outcome.ACCEPT: "通过", Outcome.REFER: "转人工审核", Outcome.REFUSE: "拒绝"},
    unexpected="不符合预期：请查看报告。如果程序和模型权重未被改动，请反馈此问题。",
    says="simreg 的说明：{text}",
    report="报告",
    film="视频",
    again="重新核验一段视频：",
    fooled="所做的检查都没有发现这个头部是人造的，这正是仅凭像素所能判断的极限。视频以文件形式提交，绕过了任何摄像头，即注入攻击。"
    "只有能证明摄像头真实的设备和应用，以及能自证真伪的证件才能防范；本页的任何检查都做不到。",
    pad_stops="人造人脸在此无法通过 passive-pad 检查：该网络观察皮肤、边缘和噪点，发现画面不是对真人拍摄的。",
    pad_unsure="passive-pad 检查无法得出结论：{text}",
    pad_fooled="passive-pad 网络把此画面当作真人（{value:.2f}，满分 1）：它认识摄像头拍到的打印件和屏幕，"
    "不认识程序绘制的画面。它只是多项检查之一。",
    other_stops="人造人脸未通过 {check} 检查：{text}",
    print_stops="打印照片做不到的事：眨眼和转头。纸张最多转了 50 度，但纸上的鼻子不会像真实头部那样相对脸颊移动："
    "最多读到 {yaw:.0f} 度，而转头从 25 度起算。弯曲的打印件可能读数更大，为此另有 not-flat 和 turn-shape 检查。",
)

LANGUAGES = {words.language: words for words in (ENGLISH, CHINESE)}
