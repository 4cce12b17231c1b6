using Yaopai.Errors;
using Yaopai.Tests.Admin.Causes;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Admin;

/// <summary>Every error that an operator can meet, by its real cause.</summary>
public sealed class OperatorErrorTests
{
    private static readonly IReadOnlyList<Cause> s_causes =
        [.. CausesAtStart.All, .. CausesInStorage.All, .. CausesInTls.All, .. CausesInVerbs.All, .. CausesInOrganisations.All,
            .. CausesInAdminKeys.All, .. CausesInAdminApi.All];

    public static TheoryData<string> Codes { get; } = [.. s_causes.Select(cause => cause.Error.Code)];

    [Theory, MemberData(nameof(Codes))]
    public async Task Each_error_comes_from_its_cause_with_its_code_and_what_to_do(string code)
    {
        var cause = s_causes.Single(cause => cause.Error.Code == code);
        await using var scene = await Scene.SetAsync();

        var heard = await cause.Provoke(scene);

        Assert.Equal(("", cause.ExitCode), (heard.Output, heard.ExitCode));
        Assert.StartsWith($"{code}: ", heard.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", heard.Error, StringComparison.Ordinal);
        // What a wrong command should have been is said by the verb's own help.
        Assert.EndsWith(
            cause.Error.Operation is "CommandLine" ? "--help shows more.\n" : $"\n{cause.Error.RemedyEn}\n", heard.Error,
            StringComparison.Ordinal);
        Provoked.Record(cause.Error);
    }

    [Fact]
    public void Every_error_of_an_operator_has_a_cause_that_provokes_it() =>
        Assert.Equal(OperatorErrors.All.Select(error => error.Code).Order(), s_causes.Select(cause => cause.Error.Code).Order());

    [Fact]
    public void A_fault_of_the_program_is_not_explained_away() =>
        Assert.Null(Server.Hosting.StartupFailures.Explain(new InvalidOperationException("A defect.")));
}
