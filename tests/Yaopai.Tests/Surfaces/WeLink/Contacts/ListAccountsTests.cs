using Yaopai.Server.Surfaces.WeLink.Contacts;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Tests.Surfaces.WeLink.Contacts;

public sealed class ListAccountsTests(Company company) : IClassFixture<Company>
{
    private const string Path = "/api/contact/v1/users/accounts";

    /// <summary>The list, as it is written in JSON; nothing leaves it out.</summary>
    public static TheoryData<string, string> Mistakes { get; } = new()
    {
        { "",                                   nameof(C.ParameterMissing) },
        { "null",                               nameof(C.ParameterMissing) },
        { "\"\"",                               nameof(C.ParameterMissing) },
        { "[]",                                 nameof(C.ParameterMissing) },
        { "\"zhang\"",                          nameof(C.ParameterMalformed) },
        { "{}",                                 nameof(C.ParameterMalformed) },
        { "[{}]",                               nameof(C.ParameterMalformed) },
        { "[null]",                             nameof(C.ParameterMalformed) },
        { "[\"\"]",                             nameof(C.ParameterMalformed) },
        { $"[\"{new string('a', 129)}\"]",      nameof(C.ParameterMalformed) },
        { Many(51),                             nameof(C.QueryTooLarge) },
        { Many(50),                             nameof(C.DataMissing) },
        { "[\"mainland\"]",                     nameof(C.DataMissing) }, // of another organisation
        { "[\"zhang@welink\",7]",               nameof(C.DataMissing) },
    };

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() =>
        Mistakes.Select(row => row.Data.Item2).ShouldBreak(ListAccounts.Rules, ContactAskerTests.Errors);

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string list, string expected)
    {
        var body = list is "" ? "{}" : $"{{\"corpUserId\":{list}}}";

        await (await (await company.CallerAsync()).PostAsync(Path, body)).ShouldBeAsync(WeLinkCaller.Named($"Contact.{expected}"));
    }

    [Fact]
    public async Task The_ids_that_are_somebodys_are_translated()
    {
        var json = await (await (await company.CallerAsync()).PostAsync(Path, new { corpUserId = new[] { "zhang", "nobody", "li", "li" } }))
            .ShouldServeWeLinkAsync();

        Assert.Equal([(company.Li.UserId, "li"), (company.Zhang.UserId, "zhang")], json.GetProperty("userInfo").EnumerateArray()
            .Select(one => (one.GetProperty("userId").GetString(), one.GetProperty("corpUserId").GetString())));
    }

    private static string Many(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(at => $"\"x{at}\""))}]";
}
