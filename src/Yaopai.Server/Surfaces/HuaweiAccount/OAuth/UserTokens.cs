using Yaopai.Server.Accounts;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;
using Yaopai.Server.Surfaces.HuaweiAccount.Tokens;

namespace Yaopai.Server.Surfaces.HuaweiAccount.OAuth;

/// <summary>What answers with a person's tokens are made with.</summary>
internal sealed record UserTokensKit(AccountDirectory Accounts, KeyRing Keys, PairwiseIdentifiers Identifiers, IdTokens IdTokens);

/// <summary>A person's tokens as this platform gives them: with an ID token and what else was asked for.</summary>
internal sealed class UserTokens(Call call, UserTokensKit kit)
{
    private Account? _account;
    private SigningKey? _signingKey;

    public bool WantsGroup => call.Parameters["need_group_union_id"] is "true";

    public bool GroupIsThere => !WantsGroup || call.App!.GroupId is not null;

    /// <summary>Loads what the ID token is made of, where there will be one.</summary>
    public async ValueTask PrepareAsync(Credential granted)
    {
        if (!granted.Covers("openid"))
            return;

        _account = await kit.Accounts.FindAsync(granted.AccountId, call.Ct)
            ?? throw new FailureException(Failure.DataUnreadable, "The account of the grant is gone.");
        _signingKey = await kit.Keys.SigningAsync(call.Now, call.Ct);
    }

    public Answer Answer(Credential granted, IssuedTokens issued, string? nonce, bool withGroup, bool withOpenId = false)
    {
        var app = call.App!;
        var idToken = _account is null
            ? null
            : kit.IdTokens.Sign(
                _signingKey!, IdTokens.AlgorithmFor(call.Parameters["supportAlg"]), app, _account, granted, issued.AccessToken, nonce);

        return HuaweiAccountDialect.Ok(
            HuaweiAccountDialect.JsonUtf8,
            (issued, idToken,
                OpenId: withOpenId ? kit.Identifiers.OpenId(app.Id, granted.AccountId) : null,
                Group: withGroup ? kit.Identifiers.GroupUnionId(app.GroupId!.Value, granted.AccountId) : null),
            static (json, it) =>
            {
                json.WriteString("access_token", it.issued.AccessToken);
                if (it.issued.RefreshToken is not null)
                    json.WriteString("refresh_token", it.issued.RefreshToken);
                json.WriteNumber("expires_in", (long)it.issued.Lifetime.TotalSeconds);
                if (it.idToken is not null)
                    json.WriteString("id_token", it.idToken);
                if (it.issued.Scopes is not "")
                    json.WriteString("scope", it.issued.Scopes);
                json.WriteString("token_type", "Bearer");
                if (it.OpenId is not null)
                    json.WriteString("open_id", it.OpenId);
                if (it.Group is not null)
                    json.WriteString("group_union_id", it.Group);
            });
    }
}
