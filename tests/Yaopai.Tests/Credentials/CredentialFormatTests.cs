using Yaopai.Server.Credentials;

namespace Yaopai.Tests.Credentials;

public sealed class CredentialFormatTests
{
    private static readonly CredentialProfile s_profile = new()
    {
        Realm = 9,
        Kinds = new HashSet<CredentialKind> { CredentialKind.AccessToken, CredentialKind.SessionKey },
        Text = new Base64UrlText(),
        Lifetimes = new Lifetimes(default, default, default, default, default, default),
        MarksSecretShown = true,
    };

    [Fact]
    public void A_token_says_whether_the_secret_was_shown_and_one_that_does_not_say_counts_as_not_shown()
    {
        foreach (var kind in new[] { CredentialKind.AccessToken, CredentialKind.SessionKey })
        {
            var token = Token(kind);
            Assert.Equal(token, Read(token, without: 0));
            Assert.Equal(token with { SecretWasShown = false }, Read(token with { SecretWasShown = false }, without: 0));
            Assert.Equal(token with { SecretWasShown = false }, Read(token, without: 1)); // as an older server seals it
        }
    }

    private static Credential Read(Credential token, int without)
    {
        var buffer = new byte[CredentialFormat.MaxLength];
        var length = CredentialFormat.Write(token, buffer);
        return CredentialFormat.Read(token.Profile, token.Kind, buffer.AsSpan(0, length - without));
    }

    private static Credential Token(CredentialKind kind)
    {
        var now = DateTimeOffset.UtcNow;
        return new Credential(kind, AppId: 1, AccountId: 2, Guid.NewGuid(), now, now, now.AddHours(1), "basic", PhoneId: null)
        {
            Profile = s_profile,
            SecretWasShown = true,
        };
    }
}
