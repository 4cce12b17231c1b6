using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Yaopai.Server.Events;

namespace Yaopai.Tests.Events;

/// <summary>Whether something is at an address that others chose.</summary>
public sealed class ReachableAddressTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(200, true), InlineData(204, true), InlineData(302, true), InlineData(405, true), InlineData(501, true)]
    [InlineData(403, false), InlineData(404, false), InlineData(500, false)]
    public async Task An_error_is_no_answer_unless_it_is_about_the_question(int status, bool answers)
    {
        await using var receiver = await Receiver.StartAsync((_, http) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });
        using var client = ClientIn(Environments.Development);

        Assert.Equal(answers, await client.AnswersAsync(receiver.Callback, s_patience, default));
        Assert.Equal("HEAD", Assert.Single(receiver.All).Method); // and nothing was followed
    }

    [Fact]
    public async Task Who_takes_too_long_is_not_there()
    {
        await using var receiver = await Receiver.StartAsync((_, http) => Task.Delay(s_patience, http.RequestAborted));
        using var client = ClientIn(Environments.Development);

        Assert.False(await client.AnswersAsync(receiver.Callback, TimeSpan.FromMilliseconds(200), default));
    }

    [Fact]
    public async Task Outside_of_Development_nothing_is_asked_that_is_not_public()
    {
        await using var receiver = await Receiver.StartAsync();
        using var client = ClientIn(Environments.Production);

        Assert.False(await client.AnswersAsync(receiver.Callback, s_patience, default));
        Assert.Empty(receiver.All);
    }

    private static CallbackClient ClientIn(string environment) =>
        new(Options.Create(new EventOptions()), new HostingEnvironment { EnvironmentName = environment });
}
