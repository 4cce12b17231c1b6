using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

/// <summary>What is well said, and cannot be done with what is stored.</summary>
public sealed class DataCauseTests(DataApp fixture) : IClassFixture<DataApp>
{
    private const string Nothing = "123";

    /// <summary>The method, the arguments that differ from those of its good call, and what it earns.</summary>
    public static TheoryData<string, string, string> Causes { get; } = new()
    {
        { "createObjectType",         "name=note",                              nameof(E.ObjectAlreadyExists) },
        { "dropObjectType",           "obj_type=none",                          nameof(E.ObjectUnknown) },
        { "renameObjectType",         "obj_type=none",                          nameof(E.ObjectUnknown) },
        { "renameObjectType",         "new_name=note",                          nameof(E.ObjectAlreadyExists) },
        { "defineObjectProperty",     "obj_type=none",                          nameof(E.DataStoreOperationInvalid) },
        { "defineObjectProperty",     "prop_name=title",                        nameof(E.ObjectAlreadyExists) },
        { "undefineObjectProperty",   "obj_type=none",                          nameof(E.ObjectUnknown) },
        { "undefineObjectProperty",   "prop_name=none",                         nameof(E.DataStoreOperationInvalid) },
        { "renameObjectProperty",     "obj_type=none",                          nameof(E.ObjectUnknown) },
        { "renameObjectProperty",     "prop_name=none",                         nameof(E.DataStoreOperationInvalid) },
        { "renameObjectProperty",     "new_name=title",                         nameof(E.ObjectAlreadyExists) },
        { "getObjectType",            "obj_type=none",                          nameof(E.ObjectUnknown) },
        { "createObject",             "obj_type=none",                          nameof(E.DataStoreOperationInvalid) },
        { "createObject",             "properties={\"none\":\"a\"}",            nameof(E.DataStoreOperationInvalid) },
        { "createObject",             "properties={\"count\":\"many\"}",        nameof(E.DataStoreOperationInvalid) },
        { "createObject",             "properties={\"title\":5}",               nameof(E.DataStoreOperationInvalid) },
        { "updateObject",             $"obj_id={Nothing}",                      nameof(E.ObjectUnknown) },
        { "updateObject",             "properties={\"none\":\"a\"}",            nameof(E.DataStoreOperationInvalid) },
        { "deleteObject",             $"obj_id={Nothing}",                      nameof(E.ObjectUnknown) },
        { "getObject",                $"obj_id={Nothing}",                      nameof(E.ObjectUnknown) },
        { "getObject",                "prop_names=none",                        nameof(E.DataStoreOperationInvalid) },
        { "getObjects",               $"obj_ids={Nothing}",                     nameof(E.ObjectUnknown) },
        { "getObjects",               "prop_names=[\"none\"]",                  nameof(E.DataStoreOperationInvalid) },
        { "getObjectProperty",        $"obj_id={Nothing}",                      nameof(E.ObjectUnknown) },
        { "getObjectProperty",        "prop_name=none",                         nameof(E.DataStoreOperationInvalid) },
        { "setObjectProperty",        $"obj_id={Nothing}",                      nameof(E.ObjectUnknown) },
        { "setObjectProperty",        "prop_name=none",                         nameof(E.DataStoreOperationInvalid) },
        { "setObjectProperty",        "prop_name=count",                        nameof(E.DataStoreOperationInvalid) },
        { "getHashValue",             "obj_type=none",                          nameof(E.DataStoreOperationInvalid) },
        { "getHashValue",             "prop_name=none",                         nameof(E.DataStoreOperationInvalid) },
        { "setHashValue",             "obj_type=none",                          nameof(E.DataStoreOperationInvalid) },
        { "setHashValue",             "prop_name=count",                        nameof(E.DataStoreOperationInvalid) },
        { "incHashValue",             "obj_type=none",                          nameof(E.DataStoreOperationInvalid) },
        { "incHashValue",             "prop_name=title",                        nameof(E.DataStoreOperationInvalid) },
        { "removeHashKey",            "obj_type=none",                          nameof(E.DataStoreOperationInvalid) },
        { "removeHashKeys",           "obj_type=none",                          nameof(E.DataStoreOperationInvalid) },
        { "defineAssociation",        "name=near",                              nameof(E.ObjectAlreadyExists) },
        { "defineAssociation",        "inverse=near",                           nameof(E.ObjectAlreadyExists) },
        { "defineAssociation",        "assoc_info1={\"object_type\":\"none\"}", nameof(E.DataStoreOperationInvalid) },
        { "undefineAssociation",      "name=none",                              nameof(E.ObjectUnknown) },
        { "renameAssociation",        "name=none",                              nameof(E.ObjectUnknown) },
        { "renameAssociation",        "new_name=owns",                          nameof(E.ObjectAlreadyExists) },
        { "getAssociationDefinition", "name=none",                              nameof(E.ObjectUnknown) },
        { "setAssociation",           "name=none",                              nameof(E.DataStoreOperationInvalid) },
        { "setAssociation",           $"obj_id1={Nothing}",                     nameof(E.DataStoreOperationInvalid) },
        { "setAssociation",           "obj_id1={card}",                         nameof(E.DataStoreOperationInvalid) },
        { "setAssociations",          "name=none",                              nameof(E.DataStoreOperationInvalid) },
        { "removeAssociation",        "name=none",                              nameof(E.ObjectUnknown) },
        { "removeAssociation",        $"obj_id2={Nothing}",                     nameof(E.ObjectUnknown) },
        { "removeAssociations",       "name=none",                              nameof(E.ObjectUnknown) },
        { "removeAssociatedObjects",  "name=none",                              nameof(E.DataStoreOperationInvalid) },
        { "removeAssociatedObjects",  "obj_id={card}",                          nameof(E.DataStoreOperationInvalid) },
        { "getAssociatedObjects",     "name=none",                              nameof(E.ObjectUnknown) },
        { "getAssociatedObjects",     $"obj_id={Nothing}",                      nameof(E.ObjectUnknown) },
        { "getAssociatedObjects",     "obj_id={card}",                          nameof(E.DataStoreOperationInvalid) },
        { "getAssociatedObjectCount", $"obj_id={Nothing}",                      nameof(E.ObjectUnknown) },
        { "getAssociatedObjectCount", "obj_id={card}",                          nameof(E.DataStoreOperationInvalid) },
        { "getAssociatedObjectCounts", "name=none",                             nameof(E.ObjectUnknown) },
        { "getAssociatedObjectCounts", "obj_ids={card}",                        nameof(E.DataStoreOperationInvalid) },
        { "getAssociations",          $"obj_id1={Nothing}",                     nameof(E.ObjectUnknown) },
    };

    [Theory, MemberData(nameof(Causes))]
    public async Task What_cannot_be_done_says_why(string method, string change, string expected)
    {
        var (_, card) = await fixture.PreparedAsync();
        var (name, value) = (change[..change.IndexOf('=')], change[(change.IndexOf('=') + 1)..].Replace("{card}", card));
        var good = await fixture.GoodAsync(method);

        var response = await fixture.Demo.CallAsync(method, [.. good.Where(one => one.Name != name), (name, value)]);

        await response.ShouldBeAsync(E.All.Single(error => error.Name == expected));
    }

    [Fact]
    public async Task A_number_that_would_become_too_large_stays_as_it_is()
    {
        await fixture.PreparedAsync();
        (string, string?)[] full = [("obj_type", "note"), ("key", "full"), ("prop_name", "count")];
        await fixture.Demo.DoAsync("incHashValue", [.. full, ("increment", "9223372036854775807")]);

        await (await fixture.Demo.CallAsync("incHashValue", full)).ShouldBeAsync(E.DataStoreOperationInvalid);

        Assert.Equal("9223372036854775807", await fixture.Demo.ResultAsync("getHashValue", full));
    }
}
