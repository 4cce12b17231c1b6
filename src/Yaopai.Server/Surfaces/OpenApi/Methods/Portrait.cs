using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>GET /sys/portrait/item/{token}, with or without .jpg — a person's picture, or a plain one where there is none.</summary>
internal sealed record Portrait(PortraitTokens Tokens, AccountDirectory Accounts) : IOperationDefinition
{
    /// <summary>The small one and the large one, which are one here.</summary>
    public static readonly string[] Paths = ["/sys/portrait/item/", "/sys/portraitn/item/"];

    private const string Suffix = ".jpg";

    private static readonly byte[] s_plain = ReadPlain();

    private static readonly ErrorDefinition[] s_rows =
        [E.Ok, E.MethodUnknown, E.CallsThrottled, E.IpAddressForbidden, E.Internal, E.ServiceUnavailable];

    internal static readonly Rule<Request>[] Rules =
    [
        new(E.MethodUnknown, x => x.Subject is not null, why: _ => "the token was never given out"),
        new(E.MethodUnknown, x => x.Call.App is not null, why: x => $"app {x.Subject?.AppId}, which the token was given to, is gone"),
        new(E.MethodUnknown, x => x.LoadAsync(), why: _ => "the person is gone"),
    ];

    public IOperation Define() => new Operation<Request>("open", "Portrait", s_rows)
    {
        Methods = ["GET"],
        Source = ParameterSource.None,
        IsForPeople = true,
        Read = call => ValueTask.FromResult(new Request(call, Tokens.Read(Token(call.LastSegment)), Accounts)),
        Client = x => x.Subject?.AppId,
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(Answer(x))),
        Failures = OpenApiFailures.Of(s_rows, malformed: E.MethodUnknown),
    };

    private static string Token(string segment) =>
        segment.EndsWith(Suffix, StringComparison.Ordinal) ? segment[..^Suffix.Length] : segment;

    /// <summary>Led on to the picture's own address, as long as a picture is what is asked for: who follows a link to here stays here,
    /// so that no link of ours leads people to an address that somebody chose.</summary>
    private static Answer Answer(Request x) => x.Account.AvatarUrl is { } address && x.WantsPicture
        ? Gateway.Answer.Redirect(address)
        : new Answer(s_plain, "image/png");

    private static byte[] ReadPlain()
    {
        using var stream = typeof(Portrait).Assembly.GetManifestResourceStream("portrait.png")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    internal sealed class Request(Call call, (long AppId, long AccountId)? subject, AccountDirectory accounts)
    {
        public Call Call => call;

        public (long AppId, long AccountId)? Subject => subject;

        public Account Account { get; private set; } = null!;

        /// <summary>Fetch Metadata: a page that shows it, or a program, which says nothing or "empty".</summary>
        public bool WantsPicture => call.Http.Request.Headers["Sec-Fetch-Dest"].ToString() is "" or "image" or "empty";

        public async ValueTask<bool> LoadAsync() => (Account = (await accounts.FindAsync(subject!.Value.AccountId, call.Ct))!) is not null;
    }
}
