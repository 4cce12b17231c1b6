using Yaopai.Server.Surfaces.OpenApi.Data;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

/// <summary>One argument of a call that is otherwise good is missing, empty, malformed, too long, of another type or there twice.</summary>
public sealed class DataMistakeTests(DataApp fixture) : IClassFixture<DataApp>
{
    private static readonly string[] s_names = ["1a", "a b", "é", "a-b", "a\n", Long('a', 33)];
    private static readonly string[] s_ids = ["x", "-1", "+1", "1.5", " 1", "9223372036854775808"];
    private static readonly string[] s_kinds = ["0", "4", "x", "-1", "1.0", "256", "999999999999"];
    private static readonly string[] s_flags = ["2", "yes", "TRUE", "on"];
    private static readonly string[] s_ends =
        ["x", "[]", "1", """{"unique":"1"}""", """{"alias":"1x"}""", """{"object_type":"a b"}""", """{"alias":{}}""",
            """{"alias":"a","alias":"b"}"""];

    /// <summary>What no method takes under these names.</summary>
    private static readonly Dictionary<string, string[]> s_malformed = new()
    {
        ["name"] = s_names,
        ["new_name"] = s_names,
        ["obj_type"] = s_names,
        ["prop_name"] = s_names,
        ["inverse"] = s_names,
        ["new_alias1"] = s_names,
        ["new_alias2"] = s_names,
        ["pref_id"] = ["-1", "201", "x", "1.5", "01", "+1", "99999999999"],
        ["values"] =
        [
            "x", "[]", "\"a\"", "{", """{"1":true}""", """{"1":1.5}""", """{"1":{}}""", """{"201":"x"}""", """{"-1":"x"}""",
            """{"01":"x"}""", """{"a":"x"}""",
            """{"1":"a","1":"b"}""", """{"1":"\ud800"}""", """{"1":"\u0000"}""", $$"""{"1":"{{Long('x', 129)}}"}""",
        ],
        ["replace"] = s_flags,
        ["no_data"] = s_flags,
        ["page_no"] = [.. s_ids, "1000001"],
        ["page_size"] = [.. s_ids, "0", "1001"],
        ["prop_type"] = s_kinds,
        ["assoc_type"] = s_kinds,
        ["properties"] =
        [
            "x", "[]", "1", "{", """{"title":true}""", """{"count":1.5}""", """{"count":9223372036854775808}""", """{"title":[]}""",
            """{"title":{}}""",
            """{"1x":"a"}""", """{"":"a"}""", """{"title":"a","title":"b"}""", """{"title":"\udc00"}""", """{"title":"\u0000"}""",
            $$"""{"title":"{{Long('x', 256)}}"}""", $$"""{"body":"{{Long('x', 65_537)}}"}""", Nested(20),
            Many("{", "}", n => $"\"p{n}\":1"),
        ],
        ["obj_id"] = s_ids,
        ["obj_id1"] = s_ids,
        ["obj_id2"] = s_ids,
        ["obj_ids"] = ["x", "[]", "{}", "[1,", "[true]", "[null]", "[[1]]", "[\"x\"]", "[-1]", "1,,2", "1, 2", Many("[", "]", n => $"{n}"),
            Many("", "", n => $"{n}")],
        ["prop_names"] = ["[]", "[1.5]", "[null]", "title,,count", "1x", "[\"a b\"]", Many("", "", n => $"p{n}")],
        ["key"] = [Long('k', 256)],
        ["keys"] = ["x", "[]", "{}", "[\"\"]", "[null]", "[true]", $"[\"{Long('k', 256)}\"]", Many("[", "]", n => $"\"{n}\"")],
        ["increment"] = ["x", "1.5", "+1", "--1", "9223372036854775808", " 1"],
        ["assoc_info1"] = s_ends,
        ["assoc_info2"] = s_ends,
        ["data"] = [Long('d', 256)],
        ["assoc_time"] = ["x", "-1", "1.5", "2026-01-01", "253402300800"],
        ["assocs"] =
        [
            "x", "[]", "{}", "[1]", "[{}]", """[{"obj_id1":1}]""", """[{"obj_id1":1,"obj_id2":"x"}]""",
            """[{"obj_id1":1,"obj_id2":true}]""", """[{"obj_id1":1,"obj_id2":2,"more":3}]""",
            """[{"obj_id1":1,"obj_id2":2,"assoc_time":"x"}]""", """[{"obj_id1":1,"obj_id2":2,"name":"1x"}]""",
            """[{"obj_id1":1,"obj_id1":1,"obj_id2":2}]""", Many("[", "]", n => $$"""{"obj_id1":1,"obj_id2":{{n}}}"""),
        ],
    };

    /// <summary>Where a name means another thing than elsewhere.</summary>
    private static readonly Dictionary<(string Method, string Argument), string[]> s_malformedThere = new()
    {
        [("setUserPreference", "value")] = [Long('x', 129)],
        [("setHashValue", "value")] = [Long('x', 256), Long('x', 65_537)],
        [("setObjectProperty", "prop_value")] = [Long('x', 256), Long('x', 65_537)],
    };

    /// <summary>What may be left out. The rest may not, and neither be empty.</summary>
    private static readonly (string Method, string Argument)[] s_optional =
    [
        ("setUserPreferences", "replace"), ("createObject", "properties"), ("updateObject", "replace"), ("getObject", "prop_names"),
        ("getObjects", "prop_names"),
        ("getHashValue", "prop_name"), ("setHashValue", "prop_name"), ("incHashValue", "prop_name"), ("incHashValue", "increment"),
        ("defineAssociation", "assoc_info1"), ("defineAssociation", "assoc_info2"),
        ("renameAssociation", "new_name"), ("renameAssociation", "new_alias1"), ("renameAssociation", "new_alias2"),
        ("setAssociation", "data"), ("setAssociation", "assoc_time"), ("getAssociatedObjects", "no_data"),
        ("getAssociatedObjects", "page_no"), ("getAssociatedObjects", "page_size"), ("getAssociations", "no_data"),
    ];

    private static readonly (string Method, string Argument)[] s_mayBeEmpty =
        [("setUserPreference", "value"), ("setHashValue", "value"), ("setObjectProperty", "prop_value")];

    public static TheoryData<string> Methods => [.. GoodDataCalls.All.Keys];

    [Fact]
    public void Every_method_has_a_good_call_with_each_of_its_arguments() => Assert.Equal(
        fixture.Server.Get<DataMethods>().All.Select(method =>
            $"{method.Name}({string.Join(' ', method.Arguments.Select(argument => argument.Name).Order())})").Order(),
        GoodDataCalls.All.Select(good => $"{good.Key}({string.Join(' ', good.Value.Select(argument => argument.Name).Order())})").Order());

    [Theory, MemberData(nameof(Methods))]
    public async Task Each_mistake_in_an_argument_is_an_invalid_parameter(string method)
    {
        foreach (var (argument, value) in MistakesOf(method))
        {
            var good = await fixture.GoodAsync(method);
            await ShouldBeMalformedAsync(method, $"{argument}={value}", [.. good.Where(one => one.Name != argument), (argument, value)]);
        }
    }

    [Theory, MemberData(nameof(Methods))]
    public async Task An_argument_that_is_there_twice_is_an_invalid_parameter(string method)
    {
        foreach (var (argument, value) in await fixture.GoodAsync(method))
            await ShouldBeMalformedAsync(method, argument + " twice", [.. await fixture.GoodAsync(method), (argument, value)]);
    }

    /// <summary>Null for one that is missing.</summary>
    private static IEnumerable<(string Argument, string? Value)> MistakesOf(string method)
    {
        foreach (var (argument, _) in GoodDataCalls.All[method])
        {
            if (!s_optional.Contains((method, argument)))
            {
                yield return (argument, null);
                if (!s_mayBeEmpty.Contains((method, argument)))
                    yield return (argument, "");
            }

            foreach (var value in s_malformedThere.GetValueOrDefault((method, argument)) ?? s_malformed[argument])
                yield return (argument, value);
        }
    }

    private async Task ShouldBeMalformedAsync(string method, string mistake, (string Name, string? Value)[] arguments)
    {
        var response = await fixture.Demo.CallAsync(method, GoodDataCalls.IsOfPeople(method) ? "mainland" : null, arguments);
        Assert.True(
            await response.CodeOfAsync() is "200 error_code 100", $"{method} with {mistake}: {await response.Content.ReadAsStringAsync()}");
        await response.ShouldBeAsync(E.ParameterMalformed);
    }

    private static string Long(char one, int length) => new(one, length);

    private static string Nested(int depth) => "{\"title\":" + Long('[', depth) + Long(']', depth) + "}";

    /// <summary>One more than a call may name.</summary>
    private static string Many(string before, string after, Func<int, string> item) =>
        before + string.Join(',', Enumerable.Range(1, 201).Select(item)) + after;
}
