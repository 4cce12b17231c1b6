using System.Text.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Gateway;
using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.HuaweiAccountErrors.TokenInfo;

namespace Yaopai.Server.Surfaces.HuaweiAccount.Tokens;

/// <summary>POST /oauth2/v3/tokeninfo — reads and verifies an ID token for a developer who is looking at one.</summary>
internal sealed record TokenInfo(KeyRing Keys, IOptions<HuaweiAccountOptions> Options) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.IdTokenMissing,      x => x.IdToken is not ""),
        new(E.IdTokenMalformed,    x => Formats.IdToken.IsMatch(x.IdToken)),
        new(E.IdTokenUnreadable,   x => x.Read().HasThreeSegments),
        new(E.HeaderUnreadable,    x => x.Token.Header is not null),
        new(E.PayloadUnreadable,   x => x.Token.Payload is not null),
        new(E.SignatureUnreadable, x => x.Token.Signature is not null),
        new(E.IdTokenInvalid,      x => x.Token.Algorithm is { } algorithm && IdTokens.Algorithms.Contains(algorithm)),
        new(E.KeyUnknown,          x => x.LoadKeyAsync()),
        new(E.SignatureUnverified, x => x.Token.Verify(x.Key)),
        new(E.IssuerUnknown,       x => x.Text("iss") == x.Issuer),
        new(E.IdTokenExpired,      x => x.Number("exp") > x.Now.ToUnixTimeSeconds()),
    ];

    public IOperation Define() => new Operation<Request>("huawei", "TokenInfo", E.All)
    {
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(x.Answer())),
        Failures = new FailureErrors(
            E.All,
            (Failure.StorageFailed, E.Internal),
            (Failure.StorageConflict, E.Internal),
            (Failure.KeyLost, E.Internal)),
    };

    internal sealed class Request(Call call, TokenInfo operation)
    {
        public string IdToken => call.Parameters["id_token"];

        public JsonWebToken Token { get; private set; } = null!;

        public SigningKey Key { get; private set; } = null!;

        public string Issuer => operation.Options.Value.Issuer;

        /// <summary>By the clock of the app that the token is for, where it has one of its own.</summary>
        public DateTimeOffset Now => ClientId.Parse(Text("aud") ?? "") is { } id ? call.NowFor(id) : call.Now;

        public JsonWebToken Read() => Token = JsonWebToken.Read(IdToken);

        public async ValueTask<bool> LoadKeyAsync()
        {
            Key = (Token.Kid is { } kid ? await operation.Keys.FindPublishedAsync(kid, call.Now, call.Ct) : null)!;
            return Key is not null;
        }

        public string? Text(string claim) =>
            Token.Payload!.Value.TryGetProperty(claim, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

        public long Number(string claim) =>
            Token.Payload!.Value.TryGetProperty(claim, out var value) && value.ValueKind is JsonValueKind.Number
            && value.TryGetInt64(out var number) ? number : 0;

        /// <summary>Claims and header in one flat object.</summary>
        public Answer Answer() => HuaweiAccountDialect.Ok(HuaweiAccountDialect.Json, Token, static (json, token) =>
        {
            foreach (var claim in token.Payload!.Value.EnumerateObject())
                claim.WriteTo(json);
            foreach (var parameter in token.Header!.Value.EnumerateObject())
                parameter.WriteTo(json);
        });
    }
}
