using Yaopai.Errors;
using Yaopai.Server.Hosting;

namespace Yaopai.Server.Admin;

/// <summary>How a verb ends, as a shell sees it.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int WrongUsage = 2;
}

/// <summary>Ends what an operator asked for, by a verb or over HTTP, with a message that says what to do. Nothing was changed.</summary>
internal sealed class CommandException(ErrorDefinition error, string detail, int exitCode = ExitCode.Refused) : Exception(detail)
{
    public Complaint Complaint => new(error, Message);

    public ErrorDefinition Error => error;

    public int ExitCode => exitCode;

    public static CommandException NotFound(string noun, string id) => new(Unknown(noun), $"There is no {noun} {id}.");

    public static CommandException WrongUsage(ErrorDefinition error, string detail) => new(error, detail, Admin.ExitCode.WrongUsage);

    private static ErrorDefinition Unknown(string noun) => noun switch
    {
        AppVerbs.Noun => OperatorErrors.Apps.AppUnknown,
        UserVerbs.Noun => OperatorErrors.Users.UserUnknown,
        DeveloperVerbs.Noun => OperatorErrors.Owners.DeveloperUnknown,
        GroupVerbs.Noun => OperatorErrors.Owners.GroupUnknown,
        TenantVerbs.Noun => OperatorErrors.Organisations.TenantUnknown,
        AdminKeyVerbs.Noun => OperatorErrors.AdminKeys.AdminKeyUnknown,
        _ => throw new ArgumentOutOfRangeException(nameof(noun), noun, null),
    };
}
