using System.Net;
using Yaopai.Errors;
using Yaopai.Server.Gateway.Recipes;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Gateway.Recipes;

/// <summary>Every line that a page shows earns what it says.</summary>
public sealed class RecipeTests(RecipeServer fixture) : IClassFixture<RecipeServer>
{
    private const int AtOnce = 8;

    /// <summary>For how many errors of a surface nobody has found a real line: these numbers may only fall.</summary>
    public static TheoryData<string, int> WithoutRealLine { get; } = new()
    {
        { "huawei",   12 },
        { "open",     0 },
        { "identity", 0 },
        { "welink",   2 },
    };

    public static TheoryData<string> Surfaces => [.. WithoutRealLine.Select(row => row.Data.Item1)];

    [Theory, MemberData(nameof(Surfaces))]
    public async Task The_real_lines_earn_their_error_and_leave_the_demo_data_as_it_was(string surface)
    {
        var before = await DemoAsync();
        await RunAsync(surface, recipe => recipe.Real);

        Assert.Equal(before, await DemoAsync());
    }

    [Theory, MemberData(nameof(Surfaces))]
    public Task Each_forced_line_is_answered_with_its_error(string surface) => RunAsync(surface, recipe => recipe.Forced);

    [Theory, MemberData(nameof(WithoutRealLine))]
    public void Every_error_has_a_recipe_or_a_reason_why_it_has_none(string slug, int without)
    {
        var surface = ErrorCatalogue.FindSurface(slug)!;

        Assert.Equal([], surface.Errors.Where(error => RecipeBook.All.Find(error) is not { CauseZh: not "", CauseEn: not "" } recipe
            || recipe.Forced is null != error.Name is "Ok"));
        Assert.Equal(without, surface.Errors.Count(error => RecipeBook.All.Find(error)!.Real is null));
        Assert.Equal([], RecipeFile.Of(surface)!.NamesWithoutError);
        Assert.Equal([], RecipeFile.Of(surface)!.NamesNeverSaid);
    }

    private async Task<string[]> DemoAsync() => await Task.WhenAll(((string[])
    [
        .. DemoData.Apps.Select(app => $"apps/{app.ClientId}"), .. DemoData.Users.Select(user => $"users/{user.Name}"),
        $"tenants/{DemoOrganisations.WelinkDomain}", $"tenants/{DemoOrganisations.StrangerDomain}", "clock?plain=offset", "faults",
    ]).Select(what => fixture.Server.Http.GetStringAsync($"/sandbox/{what}")));

    private async Task RunAsync(string surface, Func<Recipe, string?> line)
    {
        var address = fixture.Server.Address.GetLeftPart(UriPartial.Authority);
        var recipes = ErrorCatalogue.FindSurface(surface)!.Errors.Select(RecipeBook.All.Find).OfType<Recipe>()
            .Select(recipe => recipe.At(address)).Where(recipe => line(recipe) is not null).ToList();
        Assert.NotEmpty(recipes);

        using var free = new SemaphoreSlim(AtOnce);
        var wrong = await Task.WhenAll(recipes.Select(async recipe =>
        {
            await free.WaitAsync();
            try
            {
                var output = await ShellLine.RunAsync(line(recipe)!);
                return await WhyNotAsync(recipe.Error, ShellLine.LastAnswer(output)) is { } why
                    ? $"{recipe.Error}: {why}\n{line(recipe)}\n{output}\n"
                    : null;
            }
            finally
            {
                free.Release();
            }
        }));

        Assert.True(wrong.All(one => one is null), string.Join('\n', wrong.OfType<string>()));
    }

    /// <summary>Null where the answer is the error's: by status and number, in the address the browser is sent to, or on a page.</summary>
    private static async Task<string?> WhyNotAsync(ErrorDefinition error, HttpResponseMessage? answer)
    {
        if (answer is null)
            return "no answer";

        var status = (int)answer.StatusCode;
        var body = await answer.Content.ReadAsStringAsync();
        if (answer.Headers.Location?.OriginalString is { } location && error.Http is not 302)
        {
            return Told(error).Any(told => location.Contains(told, StringComparison.Ordinal)) ? null : $"told {location}";
        }

        // What is done later says so item by item, in an answer that went well.
        if (error.Operation is "Provisioning")
            return body.Contains($"\"code\":\"{error.Code}\"", StringComparison.Ordinal) ? null : body;

        if (answer.Content.Headers.ContentType?.MediaType is "text/html")
        {
            var page = WebUtility.HtmlDecode(body);
            return page.Contains(error.Number, StringComparison.Ordinal) ? null : $"a page, {status}, without the number";
        }

        var code = await answer.CodeOfAsync();
        var expected = error.Name is "Ok" ? $"{error.Http} http {error.Http}" : $"{StatusOf(error, status)} {error.Channel} {error.Number}";
        return code == expected ? null : $"{code}, and not {expected}";
    }

    /// <summary>How an address says it.</summary>
    private static string[] Told(ErrorDefinition error) =>
        [$"error={error.Parent}&sub_error={error.Code}", $"error_code={error.Code}", $"errcode={error.Code}", $"code={error.Code}&"];

    /// <summary>OAuth endpoints of the Open API borrow rows of the methods, and give them a status of their kind.</summary>
    private static int StatusOf(ErrorDefinition error, int sent) =>
        error is { Surface: "OpenApi", Operation: "Api" } && sent >= 400 ? sent : error.Http;
}
