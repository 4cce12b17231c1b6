using Yaopai.Server.Surfaces.WeLink.Contacts;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Tests.Surfaces.WeLink.Contacts;

public sealed class ChangeMobileNumberTests(Company company) : IClassFixture<Company>
{
    private const string Path = "/api/contact/v1/user/mobilenumber";

    /// <summary>One mistake in a request that is otherwise good. Null leaves the member out.</summary>
    public static TheoryData<string, object?, string> Mistakes { get; } = new()
    {
        { "corpUserId",   null,                    nameof(C.ParameterMissing) },
        { "corpUserId",   "",                      nameof(C.ParameterMissing) },
        { "mobileNumber", null,                    nameof(C.ParameterMissing) },
        { "mobileNumber", "",                      nameof(C.ParameterMissing) },
        { "corpUserId",   new[] { "li" },          nameof(C.ParameterMalformed) },
        { "mobileNumber", new { a = 1 },           nameof(C.ParameterMalformed) },
        { "corpUserId",   new string('a', 129),    nameof(C.ParameterMalformed) },
        { "mobileNumber", "13900000000",           nameof(C.ParameterMalformed) },
        { "mobileNumber", 13900000000,             nameof(C.ParameterMalformed) },
        { "mobileNumber", "+86-1",                 nameof(C.ParameterMalformed) },
        { "mobileNumber", "+86-abc",               nameof(C.ParameterMalformed) },
        { "corpUserId",   "nobody",                nameof(C.DataMissing) },
        { "corpUserId",   "mainland",              nameof(C.DataMissing) }, // of another organisation
        { "userId",       "mainland@welink",       nameof(C.DataMissing) },
        { "userId",       "Z",                     nameof(C.UserIdsMismatch) },
        { "mobileNumber", "Z",                     nameof(C.MobileNumberTaken) },
    };

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() =>
        Mistakes.Select(row => row.Data.Item3).ShouldBreak(
            ChangeMobileNumber.Rules, [.. ContactAskerTests.Errors, nameof(C.MobileNumberChangesThrottled)]);

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string name, object? value, string expected)
    {
        var body = new Dictionary<string, object?> { ["corpUserId"] = "li", ["mobileNumber"] = Company.NewNumber() };
        body[name] = value is "Z" ? name is "userId" ? company.Zhang.UserId : company.Zhang.Mobile : value;
        var sent = body.Where(one => one.Value is not null).ToDictionary();

        await (await (await company.CallerAsync()).SendAsync(HttpMethod.Put, Path, sent))
            .ShouldBeAsync(WeLinkCaller.Named($"Contact.{expected}"));
    }

    [Theory]
    [InlineData("{"), InlineData("[]"), InlineData("1")]
    public async Task What_is_no_JSON_object_is_malformed(string body) =>
        await (await (await company.CallerAsync()).SendAsync(HttpMethod.Put, Path, body)).ShouldBeAsync(C.ParameterMalformed);

    [Fact]
    public async Task A_number_changes_three_times_a_day()
    {
        var caller = await WeLinkCaller.OfAppAsync(company.Server, await company.NewAppAsync());
        var member = await company.AddAsync("mover");
        for (var change = 0; change < 3; change++)
        {
            var number = Company.NewNumber();
            await (await ChangeAsync(number)).ShouldServeWeLinkAsync();
            Assert.Equal(number, (await company.ReadAsync(member)).Mobile);
        }

        await (await ChangeAsync(Company.NewNumber())).ShouldBeAsync(C.MobileNumberChangesThrottled);
        await caller.AdvanceAsync("PT24H");
        caller.Token = (await WeLinkCaller.OfAppAsync(company.Server, caller.App)).Token;
        await (await ChangeAsync(Company.NewNumber())).ShouldServeWeLinkAsync();

        Task<HttpResponseMessage> ChangeAsync(string mobileNumber) =>
            caller.SendAsync(HttpMethod.Put, Path, new { userId = member.UserId, mobileNumber });
    }

    [Fact]
    public async Task What_is_in_the_query_is_read_too()
    {
        var member = await company.AddAsync("query");
        var number = Company.NewNumber();

        await (await (await company.CallerAsync()).SendAsync(
            HttpMethod.Put, Path, body: "null", ("userId", member.UserId), ("mobileNumber", number.Replace("-", " "))))
            .ShouldServeWeLinkAsync();

        Assert.Equal(number, (await company.ReadAsync(member)).Mobile);
    }
}
