namespace Yaopai.Bench;

/// <summary>How the forms of a row are sent; the words are those of <c>load.lua</c>.</summary>
internal enum Sending
{
    Same,
    Cycle,
    Once,

    /// <summary>As once, and from the beginning again.</summary>
    Again,
}

/// <summary>What a row is measured against.</summary>
internal enum Yardstick
{
    /// <summary>The empty floor, which reads the same form and sends the same answer.</summary>
    Floor,

    /// <summary>How many RSA-2048 signatures all cores make when they do nothing else.</summary>
    Signing,
}

/// <summary>One measured operation.</summary>
/// <param name="Target">The share of the yardstick that is aimed at; null where none is set.</param>
/// <param name="Twin">The success that this error must not cost more than.</param>
internal sealed record Row(string Name, string Title, string Path, Sending Sending, Yardstick Against, double? Target, string? Twin = null)
{
    private const string Token = "/huawei/oauth2/v3/token";
    private const string GetTokenInfo = "/huawei/rest.php?nsp_svc=huawei.oauth2.user.getTokenInfo";
    private const string GetInfo = "/huawei/rest.php?nsp_svc=GOpen.User.getInfo";

    private const string GetRiskLevel = "/huawei/user/getuserrisklevel?clientID=100000001&transactionID=202603011200001234567890";
    private const string OpenIdToUnionId = "/huawei/rest.php?nsp_svc=huawei.oauth2.app.openIdToUnionId";
    private const string QuickLogin = "/huawei/oauth2/v6/quickLogin/getPhoneNumber";
    private const string BatchGet = "/huawei/oauth2/v6/groupUnionId/batchGet";
    private const string LoggedInUser = "/open/rest/2.0/passport/users/getLoggedInUser";
    private const string Increment = "/open/rest/2.0/data/incHashValue";
    private const string AccessToken = "/identity/oauth2/access_token";
    private const string ClientToken = "/identity/oauth2/client_token";
    private const string QueryUsers = "/identity/gateway/user/query";
    private const string UserInfo = "/identity/user/get_user_info";
    private const string Tickets = "/welink/api/auth/v2/tickets";
    private const string User = "/welink/api/contact/v1/users";
    private const string DepartmentList = "/welink/api/contact/v2/departments/list";
    private const string Send = "/welink/api/messages/v1/send";

    public static IReadOnlyList<Row> Sqlite { get; } =
    [
        new("app-token",    "app token (client_credentials)",      Token,        Sending.Same,  Yardstick.Floor,   0.70),
        new("token-info",   "getTokenInfo, user token",            GetTokenInfo, Sending.Same,  Yardstick.Floor,   0.70),
        new("user-info",    "getInfo, hot user",                   GetInfo,      Sending.Same,  Yardstick.Floor,   0.70),
        new("riskLevel",    "getuserrisklevel",                    GetRiskLevel, Sending.Cycle, Yardstick.Floor,   null),
        new("refresh",      "refresh, no ID token",                Token,        Sending.Cycle, Yardstick.Floor,   0.45),
        new("refresh-id",   "refresh, RS256 ID token",             Token,        Sending.Cycle, Yardstick.Signing, null),
        new("code",         "code exchange, no ID token, SQLite",  Token,        Sending.Once,  Yardstick.Floor,   0.30),
        new("code-id",      "code exchange, RS256 ID token",       Token,        Sending.Once,  Yardstick.Signing, 0.75),
        new("quickLogin",   "quickLogin/getPhoneNumber, SQLite",   QuickLogin,   Sending.Once,  Yardstick.Floor,   null),
        new("openIdToUnionId", "openIdToUnionId, SQLite",          OpenIdToUnionId, Sending.Cycle, Yardstick.Floor, null),
        new("batchGet100",  "groupUnionId/batchGet, 100 OpenIDs, SQLite", BatchGet, Sending.Same, Yardstick.Floor, null),
        new("open-token",   "Open API: call by token, hot user",   LoggedInUser, Sending.Same,  Yardstick.Floor,   null),
        new("open-signed",  "Open API: signed call, SQLite",       LoggedInUser, Sending.Once,  Yardstick.Floor,   0.55),
        new("open-increment", "Open API: incHashValue, SQLite",    Increment,    Sending.Cycle, Yardstick.Floor,   0.30),
        new("identity-client", "Identity: client_token",          ClientToken,  Sending.Same,  Yardstick.Floor,   0.70),
        new("identity-code", "Identity: access_token, SQLite",    AccessToken,  Sending.Once,  Yardstick.Floor,   0.30),
        new("identity-info", "Identity: get_user_info, hot user", UserInfo,     Sending.Same,  Yardstick.Floor,   0.70),
        new("identity-gateway", "Identity: signed user/query, SQLite", QueryUsers, Sending.Once, Yardstick.Floor,  0.55),
        new("welink-ticket", "WeLink: ticket",                     Tickets,      Sending.Same,  Yardstick.Floor,   0.70),
        new("welink-user",   "WeLink: user by id, SQLite",         User,         Sending.Same,  Yardstick.Floor,   null),
        new("welink-departments", "WeLink: list of 100 departments, SQLite", DepartmentList, Sending.Same, Yardstick.Floor, null),
        new("welink-message", "WeLink: message to 1,000 users, SQLite", Send,     Sending.Same,  Yardstick.Floor,   null),
        new("wrong-secret", "error: wrong client_secret",          Token,        Sending.Same,  Yardstick.Floor,   null, "app-token"),
        new("malformed",    "error: getTokenInfo, malformed token", GetTokenInfo, Sending.Same, Yardstick.Floor,   null, "token-info"),
        new("forged",       "error: getTokenInfo, forged token",   GetTokenInfo, Sending.Same,  Yardstick.Floor,   null, "token-info"),
    ];

    public static IReadOnlyList<Row> Postgres { get; } =
    [
        new("refresh-postgres", "refresh, no ID token, PostgreSQL",       Token, Sending.Cycle, Yardstick.Floor, 0.45),
        new("code-postgres",    "code exchange, no ID token, PostgreSQL", Token, Sending.Once,  Yardstick.Floor, 0.30),
        new("quickLogin-postgres",      "quickLogin/getPhoneNumber, PostgreSQL",          QuickLogin,      Sending.Once,  Yardstick.Floor,
            null),
        new("openIdToUnionId-postgres", "openIdToUnionId, PostgreSQL",                    OpenIdToUnionId, Sending.Cycle, Yardstick.Floor,
            null),
        new("batchGet100-postgres",     "groupUnionId/batchGet, 100 OpenIDs, PostgreSQL", BatchGet,        Sending.Same,  Yardstick.Floor,
            null),
        new("open-signed-postgres",     "Open API: signed call, PostgreSQL",              LoggedInUser,    Sending.Once,  Yardstick.Floor,
            0.55),
        new("open-increment-postgres",  "Open API: incHashValue, PostgreSQL",             Increment,       Sending.Cycle, Yardstick.Floor,
            0.30),
    ];

    public string ContentType => Path is GetRiskLevel or QuickLogin or BatchGet or Tickets or Send
        ? "application/json"
        : "application/x-www-form-urlencoded";

    /// <summary>What its forms are called: the rows of the two databases send the same.</summary>
    public string Forms => Name.Replace("-postgres", "");
}
