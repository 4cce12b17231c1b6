using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Accounts;

public sealed class PasswordsTests
{
    private static readonly Account s_person = Samples.NewAccount() with
    {
        Name = "li-xiaoming",
        Phones = [new PhoneNumber(1, "86", "13912345678", "CN", IsBound: true, null)],
    };

    private static readonly string s_hash = Passwords.Hash("correct horse");

    [Fact]
    public void A_password_opens_what_it_closed_and_nothing_else_does()
    {
        Assert.Equal(PasswordVerificationResult.Success, Passwords.Verify(s_hash, "correct horse"));
        Assert.Equal(PasswordVerificationResult.Failed, Passwords.Verify(s_hash, "Correct horse"));
        Assert.Equal(PasswordVerificationResult.Failed, Passwords.Verify(s_hash, ""));
    }

    [Theory]
    [InlineData("Passw\u00f6rter-\u00e9", "Passwo\u0308rter-e\u0301")]
    [InlineData("\ud55c\uad6d\uc5b4 \ube44\ubc00", "\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165 \u1107\u1175\u1106\u1175\u11af")]
    [InlineData("correct horse", "correct\u3000horse")]
    public void FC38_a_password_opens_in_both_spellings_whichever_it_was_made_in(string one, string other)
    {
        foreach (var (made, typed) in new[] { (one, one), (one, other), (other, one), (other, other) })
            Assert.Equal(PasswordVerificationResult.Success, Passwords.Verify(Passwords.Hash(made), typed));
    }

    [Fact]
    public void FC38_a_hash_of_an_earlier_version_opens_in_the_spelling_it_was_made_with_and_is_made_anew()
    {
        const string Typed = "Passwo\u0308rter-e\u0301";
        var earlier = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }))
            .HashPassword(new(), Typed);

        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, Passwords.Verify(earlier, Typed));
        Assert.Equal(PasswordVerificationResult.Failed, Passwords.Verify(earlier, "Passwo\u0308rter-e"));
    }

    [Fact]
    public void FC38_width_and_case_count()
    {
        Assert.Equal(PasswordVerificationResult.Failed, Passwords.Verify(Passwords.Hash("ｐａｓｓｗｏｒｔ九"), "passwort九"));
        Assert.Equal(PasswordVerificationResult.Failed, Passwords.Verify(Passwords.Hash("\u00c9tudes-42"), "\u00e9tudes-42"));
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void FC38_the_length_is_that_of_what_is_kept(int length, bool fits)
    {
        var typed = string.Concat(Enumerable.Repeat("o\u0308", length));

        Assert.Equal(fits, Passwords.HasLength(typed));
        Assert.Equal(fits, Passwords.FaultOf(typed) is not PasswordFault.Length);
        Assert.Equal(length <= 128, Passwords.Verify(Passwords.Hash(typed), typed) is PasswordVerificationResult.Success);
    }

    [Fact]
    public void The_same_password_is_never_kept_the_same_way() => Assert.NotEqual(s_hash, Passwords.Hash("correct horse"));

    [Fact]
    public void A_hash_of_fewer_iterations_asks_to_be_made_anew()
    {
        var quick = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }));

        Assert.Equal(
            PasswordVerificationResult.SuccessRehashNeeded, Passwords.Verify(quick.HashPassword(new(), "correct horse"), "correct horse"));
    }

    /// <summary>The tests themselves hash quickly: <see cref="QuickPasswords"/>.</summary>
    [Fact]
    public void The_program_hashes_as_often_as_it_should() => Assert.Equal(
        210_000, typeof(Passwords).GetField("Iterations", BindingFlags.Static | BindingFlags.NonPublic)!.GetRawConstantValue());

    [Fact]
    public void A_password_that_nobody_can_have_is_not_even_hashed()
    {
        var endless = new string('a', 1_000_000);
        var hash = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1 }))
            .HashPassword(new(), endless);

        Assert.Equal(PasswordVerificationResult.Failed, Passwords.Verify(hash, endless));
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_password_has_8_to_128_characters(int length, bool acceptable) =>
        Assert.Equal(acceptable ? null : PasswordFault.Length, Passwords.FaultOf(RandomNumberGenerator.GetString("fjk7mnqrs2uvw", length)));

    [Theory]
    [InlineData("password")]
    [InlineData("12345678")]
    [InlineData("bobbobbob")]
    [InlineData("        ")]
    [InlineData("qwertyuiop")]
    [InlineData("1qaz2wsx")]
    [InlineData("5201314520")]
    [InlineData("P@ssw0rd")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("li-xiaoming")]
    [InlineData("Li-Xiaoming1")]
    [InlineData("13912345678")]
    [InlineData("8613912345678")]
    public void L6_what_is_tried_first_is_no_password(string password) =>
        Assert.Equal(PasswordFault.Guessable, Passwords.FaultOf(password, Passwords.LoginsOf(s_person)));

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("yaopai-demo")]
    [InlineData("我爱北京天安门上太阳升")]
    [InlineData("tr0ub4dor&3x")]
    public void L6_what_is_not_tried_first_is_one(string password) =>
        Assert.Null(Passwords.FaultOf(password, Passwords.LoginsOf(s_person)));

    [Fact]
    public void L6_the_longest_password_is_judged_in_no_time()
    {
        Passwords.FaultOf("to read the lists"); // once
        var started = TimeProvider.System.GetTimestamp();
        foreach (var unit in new[] { "p@ssw0rd1984", "a1!", "19840101", "qwe4321asd" })
            Passwords.FaultOf(string.Concat(Enumerable.Repeat(unit, 64))[..Passwords.Longest]);

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_password_that_is_made_up_is_acceptable_and_made_up_anew()
    {
        Assert.Null(Passwords.FaultOf(Passwords.Generate()));
        Assert.NotEqual(Passwords.Generate(), Passwords.Generate());
    }
}
