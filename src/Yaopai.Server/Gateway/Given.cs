namespace Yaopai.Server.Gateway;

/// <summary>What an operation gives that a client of it has to check.</summary>
[Flags]
internal enum Given
{
    Nothing = 0,

    /// <summary>A code, in the address that the browser is sent to.</summary>
    Code = 1,

    /// <summary>An access token and its lifetime.</summary>
    Tokens = 2,

    /// <summary>The type of the token beside it.</summary>
    TokenType = 4,

    IdToken = 8,

    /// <summary>Who a person is.</summary>
    Subject = 16,

    /// <summary>The public keys that verify.</summary>
    Keys = 32,

    /// <summary>The document that says where everything is.</summary>
    Metadata = 64,
}
