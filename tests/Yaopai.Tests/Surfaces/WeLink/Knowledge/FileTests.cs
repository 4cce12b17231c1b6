using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Yaopai.Server.Organisations;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.WeLinkErrors.Knowledge;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Tests.Surfaces.WeLink.Knowledge;

public sealed class FileTests(KnowledgeScene scene) : IClassFixture<KnowledgeScene>
{
    private const string Update = "/api/knowledge/v1/file/update", Remove = "/api/knowledge/v1/file/delete",
        Announce = "/api/clouddrive/v1/files/preupload", Download = "/api/knowledge/v1/file/download";

    private static readonly byte[] s_pdf = Encoding.ASCII.GetBytes("%PDF-1.7 a document");
    private static readonly string s_md5 = Convert.ToHexStringLower(MD5.HashData(s_pdf));

    [Fact]
    public async Task A_file_is_given_back_as_it_came_and_never_to_be_shown()
    {
        var file = await scene.UploadAsync(s_pdf, "../报告.html");
        Assert.Equal("报告.html", file.GetProperty("fileName").GetString());
        Assert.Equal("application/pdf", file.GetProperty("contentType").GetString());
        Assert.Equal(s_md5, file.GetProperty("md5").GetString());

        var response = await DownloadAsync(scene.Caller, IdOf(file));
        Assert.Equal(s_pdf, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/pdf", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("报告.html", response.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.EndsWith($"{Download}?fileId={IdOf(file)}", file.GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_a_text_whatever_its_sender_calls_it()
    {
        var file = await scene.UploadAsync("<html><script>alert(1)</script>"u8.ToArray(), "a.html");
        Assert.Equal("text/plain", file.GetProperty("contentType").GetString());
    }

    [Theory]
    [InlineData("md5", "x"), InlineData("md5", "00"), InlineData("size", "many"), InlineData("size", "-1"), InlineData("size", "0")]
    [InlineData("name", ".."), InlineData("name", "a\tb"), InlineData("size", "300001")]
    public async Task What_is_said_of_a_file_has_to_be_sound(string field, string value) =>
        await (await scene.SendAsync(scene.Caller, KnowledgeScene.Upload, KnowledgeScene.Form(s_pdf, "a.pdf", (field, value))))
            .ShouldBeAsync(E.ParameterMalformed);

    [Fact]
    public async Task What_is_said_of_a_file_has_to_be_true()
    {
        foreach (var (field, value, isTrue) in new[]
        {
            ("md5", s_md5, true), ("md5", s_md5.ToUpperInvariant(), true), ("size", $"{s_pdf.Length}", true),
            ("md5", new string('0', 32), false), ("size", "1", false), ("size", "100", false),
        })
        {
            var response = await scene.SendAsync(
                scene.Caller, KnowledgeScene.Upload, KnowledgeScene.Form(s_pdf, "a.pdf", (field, value)));
            if (isTrue)
                await response.ShouldServeWeLinkAsync();
            else
                await response.ShouldBeAsync(E.OperationFailed);
        }
    }

    [Fact]
    public async Task A_file_is_neither_empty_nor_too_large()
    {
        await (await scene.SendAsync(scene.Caller, KnowledgeScene.Upload, KnowledgeScene.Form([], "a")))
            .ShouldBeAsync(E.ParameterMalformed);
        await (await scene.SendAsync(scene.Caller, KnowledgeScene.Upload, KnowledgeScene.Form(new byte[300_001], "a")))
            .ShouldBeAsync(E.ParameterMalformed);
        await (await scene.SendAsync(scene.Caller, KnowledgeScene.Upload, KnowledgeScene.Form(new byte[500_000], "a")))
            .ShouldBeAsync(E.ParameterMalformed);
        await scene.UploadAsync(new byte[300_000]);
    }

    [Fact]
    public async Task What_is_no_form_with_a_file_is_malformed()
    {
        await (await scene.Caller.PostAsync(KnowledgeScene.Upload, "{}")).ShouldBeAsync(E.ParameterMalformed);
        var form = new MultipartFormDataContent { { new StringContent("a"), "file" } };
        await (await scene.SendAsync(scene.Caller, KnowledgeScene.Upload, form)).ShouldBeAsync(E.ParameterMalformed);
        var cut = new ByteArrayContent(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nnever ends"u8.ToArray());
        cut.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        await (await scene.SendAsync(scene.Caller, KnowledgeScene.Upload, cut)).ShouldBeAsync(E.ParameterMalformed);
        var none = new ByteArrayContent(s_pdf);
        none.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; charset=utf-8");
        await (await scene.SendAsync(scene.Caller, KnowledgeScene.Upload, none)).ShouldBeAsync(E.ParameterMalformed);
    }

    [Theory]
    [InlineData("attachment; name=\"name\""), InlineData("inline"), InlineData("attachment; filename=\"a\"")]
    public async Task A_part_that_is_of_no_form_is_malformed(string disposition)
    {
        var form = new ByteArrayContent(Encoding.ASCII.GetBytes(
            $"--b\r\nContent-Disposition: {disposition}\r\n\r\nx\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx\r\n--b--\r\n"));
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        await (await scene.SendAsync(scene.Caller, KnowledgeScene.Upload, form)).ShouldBeAsync(E.ParameterMalformed);
    }

    [Fact]
    public async Task An_article_has_files_and_its_readers_read_them()
    {
        var (one, other) = (await scene.UploadAsync(s_pdf), await scene.UploadAsync(s_pdf, "b.pdf"));
        var article = await scene.AddArticleAsync(
            ("uploadedDocumentIds", new[] { IdOf(one) }),
            ("documents", new[] { new { name = "named.pdf", url = other.GetProperty("url").GetString() } }),
            ("permissionDeptCodes", new[] { $"{scene.Backend}" }));

        var listed = (await (await scene.Caller.GetAsync(KnowledgeScene.List)).ShouldServeWeLinkAsync()).GetProperty("data")
            .EnumerateArray().Single(it => it.GetProperty("sourceArticleId").GetString() == (string?)article["sourceArticleId"]);
        Assert.Equal(
            ["named.pdf", "a.pdf"], listed.GetProperty("documents").EnumerateArray().Select(it => it.GetProperty("name").GetString()));
        Assert.Equal(s_pdf, await (await DownloadAsync(scene.CallerOf(scene.Author), IdOf(one))).Content.ReadAsByteArrayAsync());
        var outsider = await scene.AddMemberAsync($"o{Guid.NewGuid():n}", scene.Tenant.Id, scene.Tenant.Domain, Department.Root);
        await (await DownloadAsync(scene.CallerOf(outsider), IdOf(one))).ShouldBeAsync(E.AttachmentUnknown);
        await (await DownloadAsync(scene.CallerOf(scene.Stranger), IdOf(one))).ShouldBeAsync(E.UserUnknown);
        await (await RemoveAsync(scene.Caller, IdOf(one))).ShouldBeAsync(E.OperationFailed);
    }

    [Fact]
    public async Task A_file_is_replaced_and_removed_by_its_app_alone()
    {
        var id = IdOf(await scene.UploadAsync(s_pdf));
        var stranger = await WeLinkCaller.OfAppAsync(scene.Server);
        foreach (var caller in new[] { scene.Sibling, stranger })
        {
            await (await DownloadAsync(caller, id)).ShouldBeAsync(E.AttachmentUnknown);
            await (await RemoveAsync(caller, id)).ShouldBeAsync(E.AttachmentUnknown);
            await (await scene.SendAsync(caller, Update, KnowledgeScene.Form(s_pdf, "a", ("fileId", id))))
                .ShouldBeAsync(E.AttachmentUnknown);
            await (await caller.PostAsync(KnowledgeScene.Add, scene.Article(("uploadedDocumentIds", new[] { id }))))
                .ShouldBeAsync(caller == stranger ? E.UserUnknown : E.AttachmentUnknown);
        }

        await (await scene.SendAsync(scene.Caller, Update, KnowledgeScene.Form("new"u8.ToArray(), "n.txt", ("fileId", id))))
            .ShouldServeWeLinkAsync();
        Assert.Equal("new", await (await DownloadAsync(scene.Caller, id)).Content.ReadAsStringAsync());
        await (await RemoveAsync(scene.Caller, id)).ShouldServeWeLinkAsync();
        await (await DownloadAsync(scene.Caller, id)).ShouldBeAsync(E.AttachmentUnknown);
        await (await RemoveAsync(scene.Caller, id)).ShouldBeAsync(E.AttachmentUnknown);
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("x"), InlineData("0000000000000000000000000000000G")]
    public async Task An_id_that_is_none_is_malformed(string? id)
    {
        await (await DownloadAsync(scene.Caller, id)).ShouldBeAsync(E.ParameterMalformed);
        await (await RemoveAsync(scene.Caller, id)).ShouldBeAsync(E.ParameterMalformed);
        var form = id is null ? KnowledgeScene.Form(s_pdf, "a") : KnowledgeScene.Form(s_pdf, "a", ("fileId", id));
        await (await scene.SendAsync(scene.Caller, Update, form)).ShouldBeAsync(E.ParameterMalformed);
    }

    [Theory]
    [InlineData("name", null), InlineData("name", ""), InlineData("name", "a/"), InlineData("size", null), InlineData("size", "0")]
    [InlineData("size", "x"), InlineData("size", "300001"), InlineData("md5", null), InlineData("md5", "x")]
    public async Task What_is_announced_has_to_be_sound(string name, string? value)
    {
        var body = Announced();
        body[name] = value;
        await (await scene.Caller.PostAsync(Announce, body)).ShouldBeAsync(E.ParameterMalformed);
    }

    [Fact]
    public async Task The_drive_takes_what_was_announced_at_the_address_that_it_gave_out_once()
    {
        var file = await AnnounceAsync();
        var id = file.GetProperty("file_sn").GetString()!;
        await (await DownloadAsync(scene.Caller, id)).ShouldBeAsync(E.AttachmentUnknown);
        await (await SendAsync(file, "other bytes.........")).ShouldBeAsync(E.ParameterMalformed);
        await (await SendAsync(file, new string('x', s_pdf.Length))).ShouldBeAsync(E.OperationFailed);

        await (await SendAsync(file, Encoding.ASCII.GetString(s_pdf))).ShouldServeWeLinkAsync();

        Assert.Equal(s_pdf, await (await DownloadAsync(scene.Caller, id)).Content.ReadAsByteArrayAsync());
        await (await SendAsync(file, Encoding.ASCII.GetString(s_pdf))).ShouldBeAsync(G.AccessTokenInvalid);
        await scene.AddArticleAsync(("uploadedDocumentIds", new[] { id }));
    }

    [Fact]
    public async Task An_address_of_the_drive_is_the_proof_and_lives_an_hour()
    {
        var file = await AnnounceAsync();
        var url = file.GetProperty("upload_url").GetString()!;
        string[] others =
        [
            url[..^1] + (url[^1] is '0' ? '1' : '0'), url[..url.IndexOf("&key", StringComparison.Ordinal)],
            url.Replace("tenant=", "tenant=1", StringComparison.Ordinal),
        ];
        foreach (var wrong in others)
            await (await scene.Server.Http.PutAsync(wrong, new ByteArrayContent(s_pdf))).ShouldBeAsync(G.AccessTokenInvalid);

        await scene.Caller.AdvanceAsync("PT61M");
        await (await SendAsync(file, Encoding.ASCII.GetString(s_pdf))).ShouldBeAsync(G.AccessTokenInvalid);
        await scene.Caller.ResetClockAsync();

        await ChangeTenantAsync(DateTimeOffset.UtcNow);
        await (await SendAsync(file, Encoding.ASCII.GetString(s_pdf))).ShouldBeAsync(G.AccessTokenInvalid);
        await ChangeTenantAsync(null);

        var app = scene.Caller.App;
        await scene.Server.ChangeAsync(app, it => it with { DisabledAt = DateTimeOffset.UtcNow });
        await (await SendAsync(file, Encoding.ASCII.GetString(s_pdf))).ShouldBeAsync(G.AccessForbidden);
        await scene.Server.ChangeAsync(app, it => it with { DisabledAt = null });
        await (await SendAsync(file, Encoding.ASCII.GetString(s_pdf))).ShouldServeWeLinkAsync();
    }

    [Fact]
    public async Task The_drive_wants_a_token_where_it_gives_out_addresses() =>
        await (await new WeLinkCaller(scene.Server).PostAsync(Announce, Announced())).ShouldBeAsync(G.AccessTokenInvalid);

    private static string IdOf(JsonElement file) => file.GetProperty("fileId").GetString()!;

    private static Dictionary<string, object?> Announced() => new() { ["name"] = "a.pdf", ["size"] = s_pdf.Length, ["md5"] = s_md5 };

    private static Task<HttpResponseMessage> DownloadAsync(WeLinkCaller caller, string? id) => caller.GetAsync(Download, ("fileId", id));

    private static Task<HttpResponseMessage> RemoveAsync(WeLinkCaller caller, string? id) =>
        caller.SendAsync(HttpMethod.Delete, Remove, "{}", ("fileId", id));

    private async Task ChangeTenantAsync(DateTimeOffset? disabledAt)
    {
        Assert.True(await scene.Server.Get<ITenantStore>().TryChangeAsync(scene.Tenant with { DisabledAt = disabledAt }, default));
        scene.Server.Get<TenantDirectory>().Clear();
    }

    private async Task<JsonElement> AnnounceAsync() =>
        (await (await scene.Caller.PostAsync(Announce, Announced())).ShouldServeWeLinkAsync()).GetProperty("data");

    private Task<HttpResponseMessage> SendAsync(JsonElement file, string bytes) =>
        scene.Server.Http.PutAsync(file.GetProperty("upload_url").GetString(), new ByteArrayContent(Encoding.ASCII.GetBytes(bytes)));
}
