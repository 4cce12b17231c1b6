using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>The operations that tell of one person, which differ in how they are asked and in how much they tell.</summary>
internal static class FindUser
{
    internal static readonly Rule<PersonRequest>[] Rules =
    [
        .. ContactRules.Person<PersonRequest>(),
        .. ContactRules.PersonIsThere<PersonRequest>(),
    ];

    public static IOperation Of(ContactKit kit, string name, string method, Action<Utf8JsonWriter, Member, Member?> write) =>
        WeLinkRules.Operation(
            kit.Calls, Modules.ContactRead, name, method, method is "POST" ? ParameterSource.Json : ParameterSource.Query,
            incoming => new PersonRequest(incoming, kit), Rules,
            x => ValueTask.FromResult(WeLinkDialect.Ok(
                (x.Person, x.Asker, write), static (json, it) => it.write(json, it.Person, it.Asker))));
}

/// <summary>GET /api/contact/v1/users — tells of a person.</summary>
internal sealed record GetUser(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => FindUser.Of(Kit, "GetUser", "GET", UserDocument.Write);
}

/// <summary>GET /api/contact/v1/users/simple — tells who a person is.</summary>
internal sealed record GetUserSimple(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => FindUser.Of(Kit, "GetUserSimple", "GET", WriteSimple);

    internal static void WriteSimple(Utf8JsonWriter json, Member member, Member? asker)
    {
        UserDocument.WriteNames(json, member);
        json.WriteString("deptCode", $"{member.Main.Department}");
        json.WriteString("userStatus", $"{(int)member.State}");
    }
}

/// <summary>GET /api/contact/v1/users/email — tells a person's mail address.</summary>
internal sealed record GetUserEmail(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => FindUser.Of(Kit, "GetUserEmail", "GET", static (json, member, _) =>
    {
        UserDocument.WriteIds(json, member);
        json.WriteString("userEmail", member.Email ?? "");
    });
}

/// <summary>POST /api/contact/v3/users — tells of a person, with all departments and the customer's own fields.</summary>
internal sealed record FindUserDetail(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => FindUser.Of(Kit, "FindUserDetail", "POST", static (json, member, asker) =>
    {
        UserDocument.Write(json, member, asker);
        UserDocument.WriteMore(json, member);
    });
}

/// <summary>POST /api/contact/v3/users/simple — tells who a person is.</summary>
internal sealed record FindUserSimple(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => FindUser.Of(Kit, "FindUserSimple", "POST", GetUserSimple.WriteSimple);
}
