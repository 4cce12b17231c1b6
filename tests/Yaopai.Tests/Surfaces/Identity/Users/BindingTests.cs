using System.Net.Http.Json;
using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.Identity.Users;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Yaopai.Tests.Surfaces.Contract;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.User;

namespace Yaopai.Tests.Surfaces.Identity.Users;

/// <summary>Binding a person of WeChat to an account by a phone number that they prove to hold.</summary>
public sealed class BindingTests(BindingTests.Fixture fixture) : IClassFixture<BindingTests.Fixture>, IAsyncLifetime
{
    /// <summary>Its clock is moved; and all codes are asked for from one address.</summary>
    public sealed class Fixture : ServerFixture
    {
        protected override (string Key, string Value)[] Settings =>
            [("Verification:CodesPerAddress", "100000"), ("Quotas:AddressPerMinute", "0"), ("Gateway:Proxies:0", "127.0.0.0/8")];
    }

    private readonly TestServer _server = fixture.Server;

    private MiniCaller _caller = null!;

    public async ValueTask InitializeAsync() => _caller = await MiniCaller.OfAsync(_server, await _server.NewAppAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static TheoryData<string, string?, string> Mistakes { get; } = new()
    {
        { "{body}",            "",               nameof(Common.BodyMissing) },
        { "user_ticket",       null,             nameof(E.UserTicketExpired) },
        { "user_ticket",       "",               nameof(E.UserTicketExpired) },
        { "user_ticket",       "forged",         nameof(E.UserTicketExpired) },
        { "user_ticket",       "{long}",         nameof(E.UserTicketExpired) },
        { "user_ticket",       "{expired}",      nameof(E.UserTicketExpired) },
        { "appid",             "100000002",      nameof(E.UserTicketExpired) },
        { "user_ticket",       "{used}",         nameof(E.UserTicketExpired) },
        { "phone",             null,             nameof(E.PhoneNumberMalformed) },
        { "phone",             "12345678901",    nameof(E.PhoneNumberMalformed) },
        { "phone",             "1390013900",     nameof(E.PhoneNumberMalformed) },
        { "phone",             "139001390011",   nameof(E.PhoneNumberMalformed) },
        { "phone",             "abc",            nameof(E.PhoneNumberMalformed) },
        { "phone",             "{long}",         nameof(E.PhoneNumberMalformed) },
        { "verification_code", null,             nameof(Common.CodeMissing) },
        { "verification_code", "",               nameof(Common.CodeMissing) },
        { "verification_code", "{wrong}",        nameof(Common.CodeInvalid) },
        { "verification_code", "{long}",         nameof(Common.CodeInvalid) },
        { "verification_code", "{of another ticket}", nameof(Common.CodeInvalid) },
        { "verification_code", "{old}",          nameof(Common.CodeInvalid) },
        { "username",          "{locked out}",   nameof(Common.SignInThrottled) },
        { "username",          "{wrong password}", nameof(Common.PasswordIncorrect) },
        { "phone",             "{of somebody put away}", nameof(E.UserRecycled) },
        { "username",          "{who was put away}", nameof(E.UserRecycled) },
        { "username",          "{who has another number}", nameof(E.PhoneNumberTaken) },
        { "username",          "{who has another number than a free one}", nameof(E.PhoneNumberTaken) },
        { "phone",             "{of somebody bound}", nameof(E.PhoneNumberTaken) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_error(string parameter, string? value, string expected)
    {
        var person = MiniCaller.NewPerson();
        var ticket = await _caller.TicketAsync(person);
        var phone = value switch
        {
            "{of somebody put away}" => await AwayAsync(),
            "{of somebody bound}" => await BoundAsync(),
            "{who has another number}" => PhoneOf(await NewAccountAsync()),
            _ => MiniCaller.NewPhone(),
        };
        var code = await _caller.ProveAsync(ticket, phone);
        (string Name, string? Value)[] fields = [("user_ticket", ticket), ("phone", phone), ("verification_code", code)];
        switch (value)
        {
            case "{expired}":
                await AdvanceAsync("PT10M1S");
                break;
            case "{old}":
                await AdvanceAsync("PT10M1S");
                fields[0].Value = await _caller.TicketAsync(person);
                break;
            case "{used}":
                await (await _caller.BindAsync(ticket, phone, code)).ShouldServeAsync();
                break;
            case "{of another ticket}":
                fields[0].Value = await _caller.TicketAsync(person);
                break;
            case "{locked out}":
                fields = [.. fields, ("username", await LockedAsync()), ("password", DemoData.Password)];
                break;
            case "{wrong password}":
                fields = [.. fields, ("username", (await NewAccountAsync()).Name), ("password", "wrong")];
                break;
            case "{who was put away}":
                var away = await NewAccountAsync();
                Assert.True(await _server.Get<AccountRecycling>().TryRecycleAsync(away.Id, default));
                fields = [.. fields, ("username", away.Name), ("password", DemoData.Password)];
                break;
            case "{who has another number}" or "{who has another number than a free one}":
                fields = [.. fields, ("username", (await NewAccountAsync()).Name), ("password", DemoData.Password)];
                break;
            default:
                break;
        }

        var sent = parameter is "{body}" ? []
            : value is ['{', ..] and not ("{long}" or "{wrong}") ? fields
            : [.. fields.Where(field => field.Name != parameter), (parameter, Filled(value, code))];
        var response = await _caller.Identity.PostAsync("/user/bind", sent);
        await _server.Http.DeleteAsync("/sandbox/clock");
        await response.ShouldBeAsync(Named(expected));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order()
    {
        string[] elsewhere = [nameof(Common.HttpsRequired)];
        Mistakes.Select(row => row.Data.Item3).ShouldBreak(BindUser.Rules, elsewhere);
    }

    [Fact]
    public async Task Somebody_new_gets_an_account_with_their_number_and_is_known_from_then_on()
    {
        var (person, phone) = (MiniCaller.NewPerson(), MiniCaller.NewPhone());
        var ticket = await _caller.TicketAsync(person);
        var code = await _caller.ProveAsync(ticket, phone);
        var tokens = IdentityCaller.Read(await (await _caller.BindAsync(ticket, phone, code)).ShouldServeAsync());

        var account = (await _server.Get<IAccountStore>().FindByPhoneAsync("86", phone, default))!;
        Assert.True(account.BoundPhone is { VerifiedAt: not null });
        Assert.DoesNotContain($"{account.Id}", account.Name); // which some apps see
        var session = await _caller.SignInAsync(person);
        Assert.True(session.IsBound);
        Assert.Equal(tokens.OpenId, IdentityCaller.Read(await (await _caller.ExchangeAsync(session.UserTicket)).ShouldServeAsync()).OpenId);
    }

    [Fact]
    public async Task Somebody_whose_number_is_known_is_bound_to_the_account_that_has_it()
    {
        var account = await NewAccountAsync();
        var person = MiniCaller.NewPerson();
        var ticket = await _caller.TicketAsync(person);
        var json = new
        {
            user_ticket = ticket,
            phone = "+86" + PhoneOf(account),
            code = await _caller.ProveAsync(ticket, PhoneOf(account)),
        };
        await (await _caller.Identity.PostJsonAsync("/wechat/mini/bind", json)).ShouldServeAsync();
        Assert.True((await _caller.SignInAsync(person)).IsBound);
    }

    [Fact]
    public async Task Somebody_who_signs_in_is_bound_where_the_number_is_theirs_or_they_have_none()
    {
        var owner = await NewAccountAsync();
        foreach (var (account, phone) in new[]
        {
            (owner, PhoneOf(owner)),
            (await NewAccountAsync(hasPhone: false), MiniCaller.NewPhone()),
        })
        {
            var person = MiniCaller.NewPerson();
            var ticket = await _caller.TicketAsync(person);
            var code = await _caller.ProveAsync(ticket, phone);
            await (await _caller.Identity.PostAsync(
                "/user/bind", ("user_ticket", ticket), ("phone", phone), ("verification_code", code), ("username", account.Name),
                ("password", DemoData.Password))).ShouldServeAsync();
            Assert.True((await _caller.SignInAsync(person)).IsBound);
        }
    }

    [Fact]
    public async Task Of_ten_who_bind_with_one_ticket_one_does()
    {
        var phone = MiniCaller.NewPhone();
        var ticket = await _caller.TicketAsync();
        var code = await _caller.ProveAsync(ticket, phone);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
            await (await _caller.BindAsync(ticket, phone, code)).CodeOfAsync()));
        Assert.Single(answers, answer => answer is "200 http 200");
    }

    [Fact]
    public async Task Of_ten_people_who_prove_one_number_at_once_one_is_bound_to_its_account()
    {
        var account = await NewAccountAsync();
        var tickets = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _caller.TicketAsync()));
        var codes = new List<string>();
        foreach (var ticket in tickets)
        {
            codes.Add(await _caller.ProveAsync(ticket, PhoneOf(account)));
            await AdvanceAsync("PT1M1S");
        }

        await _server.Http.DeleteAsync("/sandbox/clock");
        var answers = await Task.WhenAll(tickets.Zip(codes, async (ticket, code) =>
            await (await _caller.BindAsync(ticket, PhoneOf(account), code)).CodeOfAsync()));
        Assert.Single(answers, answer => answer is "200 http 200");
        Assert.Single(await _server.Get<IBindingStore>().ListAsync(account.Id, default));
    }

    [Fact]
    public async Task A_code_has_five_tries_the_right_one_among_them()
    {
        var phone = MiniCaller.NewPhone();
        var ticket = await _caller.TicketAsync();
        var code = await _caller.ProveAsync(ticket, phone);
        for (var i = 0; i < VerificationCodes.MostTries; i++)
            await (await _caller.BindAsync(ticket, phone, Filled("{wrong}", code)!)).ShouldBeAsync(Common.CodeInvalid);

        await (await _caller.BindAsync(ticket, phone, code)).ShouldBeAsync(Common.CodeInvalid);
    }

    [Fact]
    public async Task A_number_is_sent_one_code_a_minute_and_ten_a_day()
    {
        var phone = MiniCaller.NewPhone();
        for (var i = 0; i < 10; i++)
        {
            var ticket = await _caller.TicketAsync();
            await (await _caller.SendCodeAsync(ticket, phone)).ShouldServeAsync();
            await (await _caller.SendCodeAsync(ticket, phone)).ShouldBeAsync(Common.CallsThrottled);
            await AdvanceAsync("PT1M1S");
        }

        var last = await _caller.SendCodeAsync(await _caller.TicketAsync(), phone);
        await _server.Http.DeleteAsync("/sandbox/clock");
        await last.ShouldBeAsync(Common.CallsThrottled);
    }

    [Theory]
    [InlineData("user_ticket", "forged", nameof(E.UserTicketExpired))]
    [InlineData("user_ticket", null, nameof(E.UserTicketExpired))]
    [InlineData("phone", "123", nameof(E.PhoneNumberMalformed))]
    [InlineData("phone", null, nameof(E.PhoneNumberMalformed))]
    [InlineData("{body}", null, nameof(Common.BodyMissing))]
    public async Task What_is_wrong_with_asking_for_a_code_is_told(string parameter, string? value, string expected)
    {
        (string Name, string? Value)[] good = [("user_ticket", await _caller.TicketAsync()), ("phone", MiniCaller.NewPhone())];
        var sent = parameter is "{body}" ? [] : good.Where(field => field.Name != parameter).Append((parameter, value)).ToArray();
        await (await _caller.Identity.PostAsync("/user/verification_code", sent)).ShouldBeAsync(Named(expected));
    }

    [Fact]
    public async Task A_ticket_is_traded_by_its_app_once_and_only_of_somebody_bound()
    {
        var person = MiniCaller.NewPerson();
        var ticket = await _caller.TicketAsync(person);
        await (await _caller.ExchangeAsync(ticket)).ShouldBeAsync(E.UserUnbound);
        await (await _caller.ExchangeAsync("")).ShouldBeAsync(E.UserTicketExpired);
        await (await _caller.ExchangeAsync("forged")).ShouldBeAsync(E.UserTicketExpired);
        var other = await MiniCaller.OfAsync(_server, await _server.NewAppAsync());
        await (await other.ExchangeAsync(ticket)).ShouldBeAsync(E.UserTicketExpired);

        await _caller.BindAsync(person);
        await (await _caller.ExchangeAsync(ticket)).ShouldServeAsync(); // nothing was used up
        await (await _caller.ExchangeAsync(ticket)).ShouldBeAsync(E.UserTicketExpired);
    }

    [Fact]
    public async Task A_ticket_of_somebody_put_away_is_worth_nothing_until_they_are_back()
    {
        var account = await NewAccountAsync();
        var person = MiniCaller.NewPerson();
        await _caller.BindAsync(person, account.Id);
        var ticket = await _caller.TicketAsync(person);
        await _server.Get<AccountRecycling>().TryRecycleAsync(account.Id, default);
        await (await _caller.ExchangeAsync(ticket)).ShouldBeAsync(E.UserRecycled);
        await _server.Get<AccountRecycling>().TryRestoreAsync(account.Id, default);
        await (await _caller.ExchangeAsync(ticket)).ShouldServeAsync();
    }

    [Fact]
    public async Task What_does_something_is_asked_with_post()
    {
        foreach (var path in new[]
        {
            "/wechat/mini/login", "/wechat/mini/phone", "/wechat/mini/bind", "/user/bind", "/user/verification_code",
            "/user/ticket/exchange",
        })
            await (await _caller.Identity.GetAsync(path)).ShouldBeAsync(Common.PostRequired);
    }

    private static string? Filled(string? value, string code) => value switch
    {
        "{wrong}" => $"{(int.Parse(code) + 1) % 1_000_000:D6}",
        _ => value?.Replace("{long}", new string('1', 5000)),
    };

    private Task<HttpResponseMessage> AdvanceAsync(string duration) =>
        _server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = duration });

    private async Task<Account> NewAccountAsync(bool hasPhone = true)
    {
        var accounts = _server.Get<IAccountStore>();
        var account = Samples.NewAccount() with { PasswordHash = (await accounts.FindByNameAsync("mainland", default))!.PasswordHash };
        account = account with
        {
            Phones = hasPhone ? [new(account.Id, "86", MiniCaller.NewPhone(), "CN", IsBound: true, Samples.Noon)] : [],
        };
        Assert.True(await accounts.TryAddAsync(account, default));
        return account;
    }

    private static string PhoneOf(Account account) => account.BoundPhone!.National;

    private async Task<string> AwayAsync()
    {
        var account = await NewAccountAsync();
        Assert.True(await _server.Get<AccountRecycling>().TryRecycleAsync(account.Id, default));
        return PhoneOf(account);
    }

    private async Task<string> BoundAsync()
    {
        var account = await NewAccountAsync();
        await _caller.BindAsync(MiniCaller.NewPerson(), account.Id);
        return PhoneOf(account);
    }

    private async Task<string> LockedAsync()
    {
        var account = await NewAccountAsync();
        for (var i = 0; i < 5; i++)
        {
            await _server.Get<SignIn>().TryAsync(
                new SignInAttempt(account.Name, "wrong", System.Net.IPAddress.Parse("192.0.2.9"), "", AddressLimit.None), default);
        }

        return account.Name;
    }

    private static ErrorDefinition Named(string name) => E.All.Concat(Common.All).First(error => error.Name == name);
}
