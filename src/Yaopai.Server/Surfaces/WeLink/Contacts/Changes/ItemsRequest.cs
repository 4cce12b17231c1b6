using Yaopai.Server.Gateway;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>A list of items in the form that its document gives them.</summary>
/// <param name="Name">Of the list in the body.</param>
/// <param name="Most">Items that one call may have.</param>
/// <param name="Agrees">Whether what an item says in several places goes together.</param>
/// <param name="OneOf">Members of which one has to be there; none where no choice is left.</param>
internal sealed record ItemList(
    string Name, int Most, IReadOnlyList<Field> Fields, Func<JsonBody, bool> Agrees, params IReadOnlyList<string> OneOf);

/// <summary>A call that sends a list of items.</summary>
internal class ItemsRequest(Incoming incoming, ItemList list) : WeLinkRequest(incoming)
{
    public virtual IReadOnlyList<JsonBody> Items => field ??= Body.Objects(list.Name) ?? [];

    public bool HasList => Body.Has(list.Name) && Body.Scalars(list.Name) is not [] && (!IsScalar(list.Name) || this[list.Name] is not "");

    public int Most => list.Most;

    /// <summary>The rules of the list: what is missing before what is malformed before what has a wrong value, then how many there are.
    /// One item that is no good keeps all of them out, so that nothing is half done.</summary>
    public static Rule<T>[] Rules<T>() where T : ItemsRequest =>
    [
        new(C.ParameterMissing,          x => x.HasList,                        why: x => $"{x.Name} is missing or empty"),
        new(C.ParameterMalformed,        x => x.Items.Count > 0,                why: x => $"{x.Name} is no list of objects"),
        new(C.ParameterMissing,          x => x.FindFault(IsMissing) is null && x.Items.All(x.HasOneOf),
            why: x => x.FindFault(IsMissing) ?? $"{x.Name}: one of {string.Join(", ", x.OneOf)} is needed"),
        new(C.ParameterMalformed,        x => x.FindFault(IsMalformed) is null, why: x => x.FindFault(IsMalformed)),
        new(C.ParameterValueUnsupported, x => x.FindFault(IsForbidden) is null, why: x => x.FindFault(IsForbidden)),
        new(C.ValidationFailed,          x => x.Items.All(x.Agrees),            why: x => $"fields in {x.Name} contradict each other"),
        new(C.QueryTooLarge,             x => x.Items.Count <= x.Most,          why: x => $"{x.Items.Count} of {x.Most} items"),
    ];

    private string Name => list.Name;

    private IReadOnlyList<string> OneOf => list.OneOf;

    private bool HasOneOf(JsonBody item) => OneOf.Count == 0 || OneOf.Any(name => item.Has(name) && item.Scalar(name) is not "");

    private bool Agrees(JsonBody item) => list.Agrees(item);

    private static bool IsMissing(Field field, JsonBody item) => field.IsRequired && !field.IsThere(item);

    private static bool IsMalformed(Field field, JsonBody item) => !field.IsWellFormed(item);

    private static bool IsForbidden(Field field, JsonBody item) => !field.IsAllowed(item);

    /// <summary>The first item and field that is at fault; null for none.</summary>
    private string? FindFault(Func<Field, JsonBody, bool> isFaulty)
    {
        foreach (var (at, item) in Items.Index())
        {
            if (list.Fields.FirstOrDefault(field => isFaulty(field, item)) is { } field)
                return $"{Name}[{at}].{field.Name}";
        }

        return null;
    }
}
