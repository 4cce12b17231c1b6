using Yaopai.Errors;

namespace Yaopai.Tests.Errors;

public sealed class ErrorCatalogueTests
{
    [Fact]
    public void The_documents_list_468_codes() => Assert.Equal(468, Seed.All.Count);

    [Fact]
    public void Every_documented_code_is_in_the_catalogue() =>
        Assert.Empty(from seed in Seed.All where Documented(seed) is null select $"{seed}");

    [Fact]
    public void No_documented_text_is_changed() =>
        Assert.Empty(from seed in Seed.All
                     let error = Documented(seed)
                     where error is not null
                     from pair in new[] { (seed.Zh, error.Zh), (seed.En, error.En), (seed.Remedy, error.RemedyZh) }
                     where Seed.Says(pair.Item1) && pair.Item1 != pair.Item2
                     select $"{seed}: '{pair.Item1}' became '{pair.Item2}'");

    [Theory]
    [InlineData("HuaweiAccount")]
    [InlineData("OpenApi")]
    [InlineData("Identity")]
    [InlineData("WeLink")]
    public void A_surface_has_as_many_documented_errors_as_its_documents(string surface) => Assert.Equal(
        Seed.All.Count(seed => seed.Surface == surface),
        ErrorCatalogue.All.Count(error => error.Surface == surface && !error.Beyond));

    [Fact]
    public void Every_error_has_text_and_remedy_in_both_languages() =>
        Assert.DoesNotContain(ErrorCatalogue.All, error =>
            new[] { error.Zh, error.En, error.RemedyZh, error.RemedyEn }.Any(text => text.Trim() is "" or "-"));

    [Fact]
    public void The_surfaces_share_the_catalogue_out()
    {
        Assert.Equal(["huawei", "open", "identity", "welink", "operator"], ErrorCatalogue.Surfaces.Select(surface => surface.Slug));
        Assert.Equal(
            ErrorCatalogue.All.OrderBy(error => $"{error}", StringComparer.Ordinal),
            ErrorCatalogue.Surfaces.SelectMany(surface => surface.Errors).OrderBy(error => $"{error}", StringComparer.Ordinal));
    }

    [Fact]
    public void An_operation_lists_its_own_errors()
    {
        Assert.Contains(HuaweiAccountErrors.Token.CodeExpired, HuaweiAccountErrors.Token.All);
        Assert.Equal(HuaweiAccountErrors.All.Where(error => error.Operation is "Token"), HuaweiAccountErrors.Token.All);
    }

    [Theory]
    [InlineData("20155")]
    [InlineData("1101/20155")]
    [InlineData("1101-20155")]
    [InlineData("error/sub_error/20155")]
    public void An_error_is_found_by_its_number(string number) =>
        Assert.Contains(HuaweiAccountErrors.Token.CodeExpired, ErrorCatalogue.Find("huawei", number));

    [Theory]
    [InlineData("http/503", "http")]
    [InlineData("http-503", "http")]
    [InlineData("NSP_STATUS/102", "NSP_STATUS")]
    [InlineData("nsp_status/102", "NSP_STATUS")]
    public void A_channel_narrows_a_number(string number, string channel)
    {
        var found = ErrorCatalogue.Find("huawei", number);

        Assert.NotEmpty(found);
        Assert.All(found, error => Assert.Equal(channel, error.Channel));
    }

    [Theory]
    [InlineData("huawei", "0155")]
    [InlineData("huawei", "1203/20155")]
    [InlineData("huawei", "http/20155")]
    [InlineData("huawei", "/20155")]
    [InlineData("huawei", "")]
    [InlineData("open", "20155")]
    [InlineData("nowhere", "20155")]
    public void A_number_that_nobody_documents_finds_nothing(string surface, string number) =>
        Assert.Empty(ErrorCatalogue.Find(surface, number));

    [Fact]
    public void Without_a_surface_all_of_them_are_searched() =>
        Assert.Equal(
            ErrorCatalogue.All.Where(error => error.Code is "500"),
            ErrorCatalogue.Find(null, "500"));

    [Fact]
    public void Every_error_is_found_by_its_own_number_and_on_its_own_page() =>
        Assert.All(ErrorCatalogue.All, error =>
        {
            var path = ErrorCatalogue.PageOf(error)!.Split('/');

            Assert.Contains(error, ErrorCatalogue.Find(path[2], Uri.UnescapeDataString(path[3])));
            Assert.Contains(error, ErrorCatalogue.Find(null, error.Number));
        });

    [Fact]
    public void Searching_reads_names_numbers_texts_and_remedies_in_any_case()
    {
        var error = HuaweiAccountErrors.Token.CodeExpired;

        Assert.All(
            new[] { "codeEXPIRED", "1101/20155", error.Zh, error.En.ToUpperInvariant(), error.RemedyZh, error.RemedyEn },
            text => Assert.Contains(error, ErrorCatalogue.Search(text)));
        Assert.Empty(ErrorCatalogue.Search("no error says this"));
    }

    private static ErrorDefinition? Documented(Seed seed) => ErrorCatalogue.All.FirstOrDefault(error =>
        !error.Beyond && error.Surface == seed.Surface && (seed.OperationName ?? error.Operation) == error.Operation &&
        error.Channel == seed.Channel && error.Parent == seed.Parent && error.Code == seed.Code);
}
