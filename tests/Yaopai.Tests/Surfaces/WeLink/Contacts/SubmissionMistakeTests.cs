using Yaopai.Tests.Http;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Tests.Surfaces.WeLink.Contacts;

/// <summary>What may be wrong with a list of changes: the whole list is refused, and nothing of it is queued.</summary>
public sealed class SubmissionMistakeTests(SharedServer shared)
{
    private static readonly string s_long = new('a', 65);

    private static readonly (string Path, string Method, string List, Func<Dictionary<string, object?>> Good)[] s_operations =
    [
        ("/api/contact/v1/users/bulk",          "POST", "personInfo", () => Items.Person()),
        ("/api/contact/v2/users/bulk",          "POST", "personInfo", () => Items.PersonV2()),
        ("/api/contact/v1/users/update",        "PUT",  "personInfo", () => Items.PersonV2()),
        ("/api/contact/v2/users/update",        "PUT",  "personInfo", () => Items.PersonV2()),
        ("/api/contact/v1/users/status",        "POST", "personInfo", () => Items.PersonV2()),
        ("/api/contact/v2/departments/bulk",    "POST", "deptInfo",   () => Items.Department()),
        ("/api/contact/v2/departments/update",  "PUT",  "deptInfo",   () => Items.Department()),
        ("/api/contact/v2/departments/status",  "POST", "deptInfo",   () => Items.Department()),
    ];

    /// <summary>One mistake in an item that is otherwise good. Null leaves the member out.</summary>
    public static TheoryData<string, string, object?, string> Mistakes { get; } = new()
    {
        { "/api/contact/v1/users/bulk", "corpUserId",         null,                    "ParameterMissing" },
        { "/api/contact/v1/users/bulk", "corpUserId",         "",                      "ParameterMissing" },
        { "/api/contact/v1/users/bulk", "userNameCn",         null,                    "ParameterMissing" },
        { "/api/contact/v1/users/bulk", "sex",                null,                    "ParameterMissing" },
        { "/api/contact/v1/users/bulk", "mobileNumber",       null,                    "ParameterMissing" },
        { "/api/contact/v1/users/bulk", "phoneNumber",        null,                    "ParameterMissing" },
        { "/api/contact/v1/users/bulk", "corpDeptCode",       null,                    "ParameterMissing" },
        { "/api/contact/v1/users/bulk", "isOpenAccount",      null,                    "ParameterMissing" },
        { "/api/contact/v1/users/bulk", "valid",              null,                    "ParameterMissing" },
        { "/api/contact/v1/users/bulk", "isHideMobileNumber", null,                    "ParameterMissing" },
        { "/api/contact/v1/users/bulk", "orderInDepts",       null,                    "ParameterMissing" },
        { "/api/contact/v1/users/bulk", "corpUserId",         "a b",                   "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "corpUserId",         new[] { "a" },           "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "corpUserId",         s_long,                  "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "userNameCn",         s_long,                  "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "userNameCn",         "a\nb",                  "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "userNameEn",         new[] { "a" },           "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "mobileNumber",       "13800000000",           "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "mobileNumber",       "+8613800000000",        "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "mobileNumber",       "+86-1380000000x",       "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "phoneNumber",        "1",                     "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "userEmail",          "nobody",                "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "corpDeptCode",       "a b",                   "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "orderInDepts",       "first",                 "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "landlineNumber",     s_long,                  "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "corpSecretary",      "a b",                   "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "address",            new string('a', 257),    "ParameterMalformed" },
        { "/api/contact/v1/users/bulk", "sex",                "X",                     "ParameterValueUnsupported" },
        { "/api/contact/v1/users/bulk", "isOpenAccount",      "2",                     "ParameterValueUnsupported" },
        { "/api/contact/v1/users/bulk", "valid",              true,                    "ParameterValueUnsupported" },
        { "/api/contact/v1/users/bulk", "isHideMobileNumber", 7,                       "ParameterValueUnsupported" },
        { "/api/contact/v1/users/bulk", "orderInDepts",       0,                       "ParameterValueUnsupported" },
        { "/api/contact/v1/users/bulk", "orderInDepts",       10_000,                  "ParameterValueUnsupported" },
        { "/api/contact/v2/users/bulk", "corpUserId",         null,                    "ParameterMissing" },
        { "/api/contact/v2/users/bulk", "userNameCn",         null,                    "ParameterMissing" },
        { "/api/contact/v2/users/bulk", "sex",                "",                      "ParameterMissing" },
        { "/api/contact/v2/users/bulk", "mobileNumber",       null,                    "ParameterMissing" },
        { "/api/contact/v2/users/bulk", "corpDeptCode",       Array.Empty<string>(),   "ParameterMissing" },
        { "/api/contact/v2/users/bulk", "mainCorpDept",       null,                    "ParameterMissing" },
        { "/api/contact/v2/users/bulk", "isOpenAccount",      null,                    "ParameterMissing" },
        { "/api/contact/v2/users/bulk", "valid",              null,                    "ParameterMissing" },
        { "/api/contact/v2/users/bulk", "corpDeptCode",       new[] { "a b" },         "ParameterMalformed" },
        { "/api/contact/v2/users/bulk", "orderInDepts",       "7",                     "ParameterMalformed" },
        { "/api/contact/v2/users/bulk", "extAttr",            "x",                     "ParameterMalformed" },
        { "/api/contact/v2/users/bulk", "position",           new string('a', 129),    "ParameterMalformed" },
        { "/api/contact/v2/users/bulk", "isNotify",           "yes",                   "ParameterValueUnsupported" },
        { "/api/contact/v2/users/bulk", "mainCorpDept",       "elsewhere",             "ValidationFailed" },
        { "/api/contact/v2/users/bulk", "corpDeptCode",       new[] { "0", "0" },      "ValidationFailed" },
        { "/api/contact/v1/users/update", "corpUserId",       null,                    "ParameterMissing" },
        { "/api/contact/v2/users/update", "corpUserId",       "a b",                   "ParameterMalformed" },
        { "/api/contact/v2/users/update", "userEmail",        "nobody",                "ParameterMalformed" },
        { "/api/contact/v2/users/update", "valid",            "9",                     "ParameterValueUnsupported" },
        { "/api/contact/v1/users/status", "corpUserId",       "a b",                   "ParameterMalformed" },
        { "/api/contact/v1/users/status", "mobileNumber",     "1",                     "ParameterMalformed" },
        { "/api/contact/v1/users/status", "userEmail",        "nobody",                "ParameterMalformed" },
        { "/api/contact/v2/departments/bulk", "corpDeptCode",   null,                  "ParameterMissing" },
        { "/api/contact/v2/departments/bulk", "corpParentCode", null,                  "ParameterMissing" },
        { "/api/contact/v2/departments/bulk", "deptNameCn",     "",                    "ParameterMissing" },
        { "/api/contact/v2/departments/bulk", "deptNameEn",     null,                  "ParameterMissing" },
        { "/api/contact/v2/departments/bulk", "deptLevel",      null,                  "ParameterMissing" },
        { "/api/contact/v2/departments/bulk", "valid",          null,                  "ParameterMissing" },
        { "/api/contact/v2/departments/bulk", "corpDeptCode",   "a b",                 "ParameterMalformed" },
        { "/api/contact/v2/departments/bulk", "corpParentCode", new[] { "0" },         "ParameterMalformed" },
        { "/api/contact/v2/departments/bulk", "deptNameCn",     s_long,                "ParameterMalformed" },
        { "/api/contact/v2/departments/bulk", "deptLevel",      "one",                 "ParameterMalformed" },
        { "/api/contact/v2/departments/bulk", "orderNo",        "first",               "ParameterMalformed" },
        { "/api/contact/v2/departments/bulk", "managerId",      "a b",                 "ParameterMalformed" },
        { "/api/contact/v2/departments/bulk", "valid",          "2",                   "ParameterValueUnsupported" },
        { "/api/contact/v2/departments/bulk", "visibleRange",   4,                     "ParameterValueUnsupported" },
        { "/api/contact/v2/departments/bulk", "orderNo",        1001,                  "ParameterValueUnsupported" },
        { "/api/contact/v2/departments/bulk", "deptLevel",      2,                     "ValidationFailed" },
        { "/api/contact/v2/departments/bulk", "corpDeptCode",   "0",                   "ValidationFailed" },
        { "/api/contact/v2/departments/update", "corpDeptCode", null,                  "ParameterMissing" },
        { "/api/contact/v2/departments/update", "deptNameEn",   s_long,                "ParameterMalformed" },
        { "/api/contact/v2/departments/update", "valid",        "x",                   "ParameterValueUnsupported" },
        { "/api/contact/v2/departments/status", "corpDeptCode", null,                  "ParameterMissing" },
        { "/api/contact/v2/departments/status", "corpDeptCode", "a b",                 "ParameterMalformed" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string path, string member, object? value, string expected)
    {
        var operation = s_operations.Single(one => one.Path == path);

        // Behind an item that is good, so that nothing of the list may be queued.
        await (await SendAsync(operation, operation.Good(), operation.Good().With((member, value))))
            .ShouldBeAsync(WeLinkCaller.Named($"Contact.{expected}"));
    }

    [Fact]
    public async Task The_list_itself_has_to_be_one_and_not_too_long()
    {
        foreach (var operation in s_operations)
        {
            await (await SendAsync(operation)).ShouldBeAsync(C.ParameterMissing);
            await (await SendBodyAsync(operation, new { })).ShouldBeAsync(C.ParameterMissing);
            await (await SendBodyAsync(operation, new Dictionary<string, object> { [operation.List] = "" }))
                .ShouldBeAsync(C.ParameterMissing);
            await (await SendBodyAsync(operation, new Dictionary<string, object> { [operation.List] = "x" }))
                .ShouldBeAsync(C.ParameterMalformed);
            await (await SendBodyAsync(operation, new Dictionary<string, object> { [operation.List] = new[] { 7 } }))
                .ShouldBeAsync(C.ParameterMalformed);
            await (await SendBodyAsync(operation, "[]")).ShouldBeAsync(C.ParameterMalformed);
            await (await SendAsync(operation, [.. Enumerable.Range(0, 51).Select(_ => operation.Good())])).ShouldBeAsync(C.QueryTooLarge);
        }
    }

    [Fact]
    public async Task Of_two_mistakes_what_is_missing_comes_before_what_is_malformed_and_that_before_a_wrong_value()
    {
        var operation = s_operations[0];
        await (await SendAsync(operation, Items.Person(("sex", "X")), Items.Person(("userEmail", "x")), Items.Person(("valid", null))))
            .ShouldBeAsync(C.ParameterMissing);
        await (await SendAsync(operation, Items.Person(("sex", "X")), Items.Person(("userEmail", "x"))))
            .ShouldBeAsync(C.ParameterMalformed);
        await (await SendAsync(operation, [.. Enumerable.Range(0, 11).Select(_ => Items.Person(("sex", "X")))]))
            .ShouldBeAsync(C.ParameterValueUnsupported);
        await (await SendAsync(operation, [.. Enumerable.Range(0, 11).Select(_ => Items.Person())])).ShouldBeAsync(C.QueryTooLarge);
    }

    [Fact]
    public async Task Who_is_asked_for_has_to_be_named() => await (await SendBodyAsync(
        s_operations.Single(one => one.Path.EndsWith("users/status", StringComparison.Ordinal)),
        Items.People(new { corpUserId = "a" }, new { userNameCn = "b" }))).ShouldBeAsync(C.ParameterMissing);

    private Task<HttpResponseMessage> SendAsync(
        (string Path, string Method, string List, Func<Dictionary<string, object?>> Good) operation, params object[] items) =>
        SendBodyAsync(operation, new Dictionary<string, object> { [operation.List] = items });

    private async Task<HttpResponseMessage> SendBodyAsync(
        (string Path, string Method, string List, Func<Dictionary<string, object?>> Good) operation, object body) =>
        await (await WeLinkCaller.OfAppAsync(shared.Server)).SendAsync(new HttpMethod(operation.Method), operation.Path, body);
}
