using Yaopai.Server.Accounts.Risk;

namespace Yaopai.Tests.Accounts.Risk;

public sealed class RiskTablesTests
{
    [Theory]
    [InlineData("someone@mailinator.com", true)]
    [InlineData("someone@MAILINATOR.COM", true)]
    [InlineData("someone@inbox.mailinator.com", true)]
    [InlineData("someone@mailinator.com.", true)]
    [InlineData("someone@notmailinator.com", false)]
    [InlineData("mailinator.com@example.com", false)]
    [InlineData("someone@example.com", false)]
    [InlineData("someone@com", false)]
    public void A_mail_address_is_disposable_by_its_domain_or_one_above(string mail, bool expected) =>
        Assert.Equal(expected, DisposableDomains.Hold(mail));

    [Fact]
    public void Domains_are_lower_case_names_with_a_dot() =>
        Assert.All(DisposableDomains.All, domain => Assert.Matches(@"^[a-z0-9-]+(\.[a-z0-9-]+)+\z", domain));

    [Fact]
    public void Number_ranges_are_of_calling_codes_that_exist() => Assert.All(RiskyNumbers.All, range =>
    {
        Assert.Contains(CallingCodes.All, code => code.Code == range.CallingCode);
        Assert.Matches(@"^[0-9]+\z", range.Prefix);
    });
}
