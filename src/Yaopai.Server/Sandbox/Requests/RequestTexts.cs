using Yaopai.Server.OAuth;

namespace Yaopai.Server.Sandbox.Requests;

/// <summary>The words of the pages of the journal.</summary>
internal static class RequestTexts
{
    public static readonly Phrase Title = new("请求记录", "Requests");
    public static readonly Phrase Lead = new("每个请求、它的应答，以及被拒绝的原因。", "Every request, its answer, and why it was refused.");
    public static readonly Phrase Path = new("当前位置", "Breadcrumb");
    public static readonly Phrase Which = new("显示哪些", "Which of them");
    public static readonly Phrase All = new("全部", "All");
    public static readonly Phrase Refused = new("被拒绝的", "Refused");
    public static readonly Phrase Filters = new("过滤", "Filter");
    public static readonly Phrase Time = new("时间（UTC）", "Time (UTC)");
    public static readonly Phrase App = new("应用", "App");
    public static readonly Phrase Operation = new("操作", "Operation");
    public static readonly Phrase Status = new("状态", "Status");
    public static readonly Phrase Error = new("错误", "Error");
    public static readonly Phrase Why = new("原因", "Reason");
    public static readonly Phrase ClientId = new("client_id", "client_id");
    public static readonly Phrase Code = new("错误码", "Error code");
    public static readonly Phrase Show = new("显示", "Show");
    public static readonly Phrase Clear = new("清除条件", "Clear");
    public static readonly Phrase Count = new("共 {0} 个请求", "{0} requests");
    public static readonly Phrase Nothing = new("还没有这样的请求。", "No such request has come yet.");
    public static readonly Phrase Older = new("更早的请求", "Older requests");
    public static readonly Phrase Pause = new("暂停更新", "Pause");
    public static readonly Phrase GoOn = new("继续更新", "Go on");
    public static readonly Phrase New = new("新到 {0} 个", "{0} new");
    public static readonly Phrase Missing = new("没有该编号的请求，或它已不再保留。", "There is no request of that id, or it is no longer kept.");
    public static readonly Phrase Off = new("请求记录已关闭（Journal:Enabled）。", "The journal is off (Journal:Enabled).");

    public static readonly Phrase WhyRefused = new("为什么被拒绝", "Why it was refused");
    public static readonly Phrase ErrorSays = new("错误码已说明原因。", "The error says it.");
    public static readonly Phrase Nearest = new("最接近的已登记值", "The nearest that is registered");
    public static readonly Phrase Expected = new("期望", "Expected");
    public static readonly Phrase Actual = new("实际", "Actual");
    public static readonly Phrase Signed = new("服务端签名所用的字符串", "What the server signs");
    public static readonly Phrase SignedInstead = new("看来您签名所用的字符串", "What you seem to have signed");
    public static readonly Phrase From = new("从标出处开始不同。", "They differ from the mark on.");
    public static readonly Phrase Meaning = new("含义", "Meaning");
    public static readonly Phrase Remedy = new("处理建议", "What to do");
    public static readonly Phrase More = new("这个错误码的说明", "More about this error");
    public static readonly Phrase Request = new("请求", "Request");
    public static readonly Phrase Answer = new("应答", "Answer");
    public static readonly Phrase Parameters = new("参数", "Parameters");
    public static readonly Phrase Headers = new("请求头", "Headers");
    public static readonly Phrase Name = new("名称", "Name");
    public static readonly Phrase Value = new("值", "Value");
    public static readonly Phrase Body = new("消息体", "Body");
    public static readonly Phrase Id = new("编号", "Id");
    public static readonly Phrase Peer = new("来源地址", "From");
    public static readonly Phrase AppTime = new("应用的时间", "The app’s time");
    public static readonly Phrase Duration = new("耗时", "Duration");
    public static readonly Phrase ContentType = new("类型", "Content type");
    public static readonly Phrase Location = new("跳转到", "Location");
    public static readonly Phrase NotKept = new("未保留：其中的机密无法识别。", "Not kept: secrets could not be found in it.");
}
