using System.Reflection;
using Yaopai.Server.Accounts;
using Yaopai.Tests.Storage;

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
        { "011136000008",         "+86 11136000008" }, // a zero as dialled at home
        { "１１１３６０００００８", "+86 11136000008" }, // as an input method leaves it
        { "＋８６１１１３６０００００８", "+86 11136000008" },
        { "００８６１１１３６０００００８", "+86 11136000008" },
        { "＋86 111３６００－０008", "+86 11136000008" },
        { "111３６０００００８", "+86 11136000008" },
        { "＋852 6123 ４５６７", "+852 61234567" },
        { "+999123456",           "+999123456" },
        { "Jose\u0301",           "jos\u00e9" },
        { "JOS\u00c9",            "jos\u00e9" },
        { "",                     "" },
    };

    [Theory, MemberData(nameof(Spellings))]
    public void Spellings_of_one_login_are_one(string typed, string canonical) => Assert.Equal(canonical, Login.Read(typed).Canonical);

    [Theory]
    [InlineData("somebody", 1)]
    [InlineData("11136000008", 2)]
    [InlineData("+85261234567", 2)]
    [InlineData("+86011136000008", 3)] // as read, and as typed
    [InlineData("a\0b", 0)]
    [InlineData("+86111\n36000008", 0)]
    [InlineData("a\u0085b", 0)]
    [InlineData("", 0)]
    public async Task What_is_looked_up_depends_on_what_was_typed_and_not_on_who_is_there(string typed, int lookUps)
    {
        var (everybody, nobody) = (Directory.Of(Samples.NewAccount()), Directory.Of(null));

        Assert.Equal(lookUps > 0, await Login.Read(typed).FindAsync(everybody, default) is not null);
        Assert.Null(await Login.Read(typed).FindAsync(nobody, default));
        Assert.Equal((lookUps, lookUps), (((Directory)everybody).LookUps, ((Directory)nobody).LookUps));
    }

    /// <summary>Answers every look-up with the same person.</summary>
    public class Directory : DispatchProxy
    {
        private Account? _person;

        internal int LookUps { get; private set; }

        internal static IAccountStore Of(Account? person)
        {
            var directory = Create<IAccountStore, Directory>();
            ((Directory)directory)._person = person;
            return directory;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            LookUps++;
            return Task.FromResult(_person);
        }
    }
}
