using Yaopai.Errors;
using E = Yaopai.Errors.WeLinkErrors;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>A part of the platform, and what it says in its own numbers where the document lets each part do so.</summary>
/// <param name="Name">As in the catalogue.</param>
/// <param name="Scope">What the operator has to open to the app; null where every app may call.</param>
/// <param name="Unreadable">A body that is no JSON, or is said to be something else.</param>
/// <param name="TokenMissing">No token, or none of this platform.</param>
/// <param name="TokenRevoked">A token that was taken back.</param>
/// <param name="TokenExpired">A token that has lived its time.</param>
/// <param name="Forbidden">The part was not open to the app when the token was made.</param>
/// <param name="UserGone">A token of somebody who is no member of the organisation any more.</param>
/// <param name="UserClosed">The same of a member who is closed.</param>
/// <param name="Internal">What goes wrong in the server.</param>
/// <param name="Storage">What goes wrong in the database; null where the document does not tell it apart.</param>
internal sealed record Module(
    string Name, string? Scope, ErrorDefinition Unreadable, ErrorDefinition TokenMissing, ErrorDefinition TokenRevoked,
    ErrorDefinition TokenExpired, ErrorDefinition Forbidden, ErrorDefinition UserGone, ErrorDefinition UserClosed,
    ErrorDefinition Internal, ErrorDefinition? Storage = null)
{
    /// <summary>An organisation whose licence has not begun, or is over; null where the document does not speak of it.</summary>
    public ErrorDefinition? Unlicensed { get; init; }
}

/// <summary>The parts, a line each (contract, decision 3).</summary>
internal static class Modules
{
    public static Module Auth { get; } = new("Auth", null,
        E.Auth.RequestMalformed, G.AccessUnauthorized, G.AccessTokenInvalid, G.AccessTokenInvalid, G.AccessForbidden,
        E.Auth.UserInfoUnavailable, E.Auth.UserInfoUnavailable, G.Internal);

    public static Module ContactRead { get; } = new("Contact", WeLinkProfile.ContactRead,
        E.Contact.ParameterMalformed, E.Contact.AccessTokenMalformed, E.Contact.AccessTokenExpired, E.Contact.AccessTokenExpired,
        E.Contact.ReadForbidden, E.Contact.CurrentUserUnavailable, E.Contact.CurrentUserInvalid, G.Internal)
    {
        Unlicensed = E.Contact.TenantUnknown,
    };

    public static Module ContactSync { get; } = ContactRead with
    {
        Scope = WeLinkProfile.ContactSync,
        Forbidden = E.Contact.SyncForbidden,
    };

    /// <summary>What is submitted is taken, or it is not: a database that does not take it is told as that.</summary>
    public static Module ContactSubmit { get; } = ContactSync with { Storage = E.Contact.SubmissionFailed };

    /// <summary>The document has no number for a request that cannot be read: nothing of it counts,
    /// so its first parameter is missing.</summary>
    public static Module Messages { get; } = new("Message", WeLinkProfile.Message,
        E.Message.PublicAccountIdMissing, G.AccessUnauthorized, G.AccessTokenInvalid, G.AccessTokenInvalid, G.AccessForbidden,
        E.Message.UserNotSignedIn, E.Message.UserNotSignedIn, G.Internal);

    /// <inheritdoc cref="Messages"/>
    public static Module MessagesToUsers { get; } = Messages with { Unreadable = E.Message.RecipientsMissing };

    public static Module Todos { get; } = new("Todo", WeLinkProfile.Todo,
        E.Todo.ParameterMalformed, E.Todo.AuthenticationFailed, E.Todo.AuthenticationFailed, G.AccessTokenInvalid,
        E.Todo.OperationForbidden, E.Todo.AuthenticationFailed, E.Todo.AuthenticationFailed, E.Todo.Internal);

    public static Module Knowledge { get; } = new("Knowledge", WeLinkProfile.Knowledge,
        E.Knowledge.ParameterMalformed, G.AccessTokenInvalid, E.Knowledge.AuthenticationFailed, G.AccessTokenInvalid,
        G.AccessForbidden, E.Knowledge.UserUnknown, E.Knowledge.UserUnknown, E.Knowledge.Internal);

    public static Module Attendance { get; } = new("Attendance", WeLinkProfile.Attendance,
        E.Attendance.ParameterMalformed, E.Attendance.AuthenticationFailed, E.Attendance.AuthenticationFailed, G.AccessTokenInvalid,
        G.AccessForbidden, E.Attendance.AuthenticationFailed, E.Attendance.AuthenticationFailed, E.Attendance.Internal);

    public static Module Recognition { get; } = new("Recognition", WeLinkProfile.Ai,
        E.Recognition.ParameterMalformed, E.Recognition.AccessForbidden, E.Recognition.AccessForbidden, G.AccessTokenInvalid,
        E.Recognition.AccessForbidden, E.Recognition.AccessForbidden, E.Recognition.AccessForbidden, E.Recognition.Internal);

    public static Module Marketplace { get; } = new("Marketplace", WeLinkProfile.Market,
        E.Marketplace.ParameterMissing, G.AccessUnauthorized, G.AccessTokenInvalid, G.AccessTokenInvalid, G.AccessForbidden,
        E.Marketplace.CurrentUserUnavailable, E.Marketplace.CurrentUserUnavailable, G.Internal);
}
