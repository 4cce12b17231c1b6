namespace Yaopai.Server.Gateway.Signing;

/// <summary>How a signature over the parameters of a call is made.</summary>
internal enum SignatureMethod
{
    /// <summary>MD5 of the base string with the secret behind it: what published clients send.</summary>
    Md5,

    /// <summary>HMAC-SHA-256 of the base string, keyed with the secret.</summary>
    HmacSha256,
}
