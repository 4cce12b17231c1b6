namespace Yaopai.Server.Sandbox;

/// <summary>What can be broken. <see cref="FaultKinds"/> says what each does.</summary>
internal enum FaultKind
{
    /// <summary>A documented error is forced.</summary>
    Error,

    StorageDown,
    StorageSlow,
    StorageError,
    StorageConflict,
    KeyLost,
    UpstreamDown,
    UpstreamSlow,
    QuotaSpent,
    Exception,
    Delay,

    Reset,
    ErrorWith200,

    // From here on at the answer.
    ResetAfter,
    Truncated,
    SlowBody,
    LostAnswer,
    DuplicateAnswer,
    Html,
    EmptyBody,
    WrongContentType,

    WrongIss,
    WrongAud,
    SeveralAud,
    WrongSub,
    WrongNonce,
    MissingNonce,
    Expired,
    IssuedInFuture,
    NotYetValid,
    WrongAtHash,
    BadSignature,
    UnknownKid,
    UnpublishedKey,
    KeyRotated,
    AlgNone,
    Hs256Secret,
    Hs256PublicKey,

    JwksWithoutKey,
    WrongDiscoveryIssuer,
    MissingIssParameter,

    MissingAccessToken,
    MissingTokenType,
    MissingExpiresIn,
    MissingIdToken,
    TextExpiresIn,
    NumberAccessToken,
    WrongTokenType,
    ExtraFields,

    WrongState,
    MissingState,
    UsedCode,
    WrongIssParameter,
    DuplicateParameters,
}
