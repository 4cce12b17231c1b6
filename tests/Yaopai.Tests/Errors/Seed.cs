using System.Text.Json;

namespace Yaopai.Tests.Errors;

/// <summary>One documented code, as the documents that the surfaces follow print it.</summary>
public sealed record Seed(string System, string Operation, string Channel, string Parent, string Code, string Zh, string En, string Remedy)
{
    private static readonly Dictionary<string, string> s_operations = new()
    {
        ["获取用户级凭证/刷新用户级凭证/获取应用级凭证"] = "Token",
        ["解析凭证"] = "GetTokenInfo",
        ["取消用户级凭证授权"] = "Revoke",
        ["获取用户信息"] = "GetInfo",
        ["获取手机号"] = "GetInfoPhone",
        ["一键登录获取华为账号绑定号码和UnionID/OpenID"] = "QuickLogin",
        ["获取用户风险等级"] = "GetRiskLevel",
        ["获取实名信息"] = "GetRealName",
        ["实名信息校验"] = "VerifyRealName",
        ["通过OpenID获取UnionID"] = "OpenIdToUnionId",
        ["通过OpenID或UnionID获取GroupUnionID"] = "BatchGetGroupUnionId",
        ["获取OpenID Connect配置公开信息"] = "OpenIdConfiguration",
        ["获取验证ID Token的JWT公钥信息"] = "Certs",
        ["验证ID Token有效性"] = "TokenInfo",
        ["授权／令牌请求接口返回码"] = "OAuth",
        ["API通用返回码"] = "Api",
        ["公共"] = "Common",
        ["微信"] = "WeChat",
        ["小程序"] = "MiniProgram",
        ["用户"] = "User",
    };

    public static IReadOnlyList<Seed> All { get; } = JsonSerializer.Deserialize<List<Seed>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Errors", "seed-codes.json")), JsonSerializerOptions.Web)!;

    public string Surface => System switch
    {
        "huawei-account" or "huawei-account-phone" => "HuaweiAccount",
        "open-api" => "OpenApi",
        "identity" => "Identity",
        "welink" => "WeLink",
        _ => throw new InvalidOperationException($"No surface follows the documents of {System}."),
    };

    /// <summary>The operation in the catalogue; null where the documents name none, so that any may have it.</summary>
    public string? OperationName => System is "welink" ? null : Channel is "gateway" ? "Gateway" : s_operations[Operation];

    public string Number => Parent is "" ? Code : $"{Parent}/{Code}";

    /// <summary>Whether the documents say something here at all: they leave texts empty or put a dash.</summary>
    public static bool Says(string text) => text is not ("" or "-");

    public override string ToString() => $"{Surface}.{OperationName} {Channel} {Number}";
}
