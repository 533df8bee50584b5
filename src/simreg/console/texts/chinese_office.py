"""Second factor, device and changes in Chinese."""

from simreg.console.texts.types import ChangesTexts, DeviceTexts, SecondTexts
from simreg.service.changes import Kind

SECOND = SecondTexts(
    title="验证器动态码",
    lead="请输入验证器应用为本服务器显示的六位数字。",
    set_up="此处仅有密码还不够。请用验证器应用扫描此图，并输入其显示的动态码。",
    label="供验证器应用扫描的图",
    letters="如果应用无法扫描，请手动输入以下字母：",
    code="动态码",
    submit="继续",
    lost="手机丢失？请输入设置时抄下的备用码。如果没有，请联系服务器的运维人员。",
    codes_title="请抄下这些备用码",
    codes_lead="手机丢失时，每个备用码可代替应用使用一次。它们只显示这一次。",
    go_on="我已抄下",
)

DEVICE = DeviceTexts(
    title="本设备",
    lead="办理由新建它的设备签名。其密钥在此生成，绝不离开本设备。",
    registered="您已有登记的设备。",
    another="您登记的是另一台设备，不是本设备。",
    waiting="有一台设备正等待合规专员或系统管理员同意。",
    register="登记本设备",
    note="新设备将取代旧设备。清除浏览器数据会使其失效。",
    script="此功能需要 JavaScript。",
    signs="订单由本设备签名。",
)

CHANGES = ChangesTexts(
    title="变更",
    lead="规则、阈值和角色须经两人同意才会变更。每项变更连同两人都记入日志。",
    waiting="等待中",
    none="没有等待的变更。",
    kinds={
        Kind.POLICY: "规则",
        Kind.THRESHOLD: "阈值",
        Kind.RECOGNISER: "识别模型",
        Kind.ROLE: "角色",
        Kind.DEVICE: "设备",
    },
    from_="变更前",
    to="变更后",
    by="提出人",
    at="时间",
    what="内容",
    second="同意人",
    outcome="结果",
    outcomes={"done": "已执行", "refused": "已拒绝"},
    nothing="无",
    nobody="无其他人",
    system="服务器启动时",
    agree="同意",
    refuse="拒绝",
    take_back="撤回",
    somebody_else="须由另一人同意。",
    role_title="提出角色变更",
    role="角色",
    propose="提出",
    ended="已决定",
)
