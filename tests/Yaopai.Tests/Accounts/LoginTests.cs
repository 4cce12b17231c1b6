using Yaopai.Server.Accounts;

namespace Yaopai.Tests.Accounts;

public sealed class LoginTests
{
    /// <summary>What is typed, and what all spellings of it are counted as.</summary>
    public static TheoryData<string, string> Spellings { get; } = new()
    {
        { "+8611136000008",       "+86 11136000008" },
        { "008611136000008",      "+86 11136000008" },
        { "11136000008",          "+86 11136000008" },
        { " 111 3600-0008 ",      "+86 11136000008" },
        { "+852 6123 4567",       "+852 61234567" },
        { "Mainland",             "mainland" },
        { " mainland ",           "mainland" },
        { "011136000008",         "011136000008" },  // a zero as dialled at home says nothing of where that is
        { "+999123456",           "+999123456" },
        { "",                     "" },
    };

    [Theory, MemberData(nameof(Spellings))]
    public void Spellings_of_one_login_are_one(string typed, string canonical) => Assert.Equal(canonical, Login.Read(typed).Canonical);
}
