using System.Reflection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;

namespace Yaopai.Tests.Accounts;

public sealed class PasswordsTests
{
    private static readonly string s_hash = Passwords.Hash("correct horse");

    [Fact]
    public void A_password_opens_what_it_closed_and_nothing_else_does()
    {
        Assert.Equal(PasswordVerificationResult.Success, Passwords.Verify(s_hash, "correct horse"));
        Assert.Equal(PasswordVerificationResult.Failed, Passwords.Verify(s_hash, "Correct horse"));
        Assert.Equal(PasswordVerificationResult.Failed, Passwords.Verify(s_hash, ""));
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
        Assert.Equal(acceptable, Passwords.IsAcceptable(new string('a', length)));

    [Fact]
    public void A_password_that_is_made_up_is_acceptable_and_made_up_anew()
    {
        Assert.True(Passwords.IsAcceptable(Passwords.Generate()));
        Assert.NotEqual(Passwords.Generate(), Passwords.Generate());
    }
}
