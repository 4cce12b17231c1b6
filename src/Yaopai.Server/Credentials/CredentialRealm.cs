namespace Yaopai.Server.Credentials;

/// <summary>Which surface a credential is for: to every other it is nothing. The number is the second byte of what it looks like outside.</summary>
internal enum CredentialRealm : byte
{
    HuaweiAccount = 1,

    /// <summary>Not 2 or 3: tickets and forms are sealed under the same keys, and begin with those.</summary>
    OpenApi = 4,
}
