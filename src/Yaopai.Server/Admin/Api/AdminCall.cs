using System.Globalization;
using Yaopai.Errors;
using Yaopai.Server.Administration;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;

namespace Yaopai.Server.Admin.Api;

/// <summary>A call of the admin API whose key, address, query and body are checked.</summary>
internal sealed class AdminCall(
    AdminOperation operation, AdminKey key, Actor actor, IReadOnlyDictionary<string, string> path, Input query, Input body,
    string? ifMatch, Tickets tickets, IAppClock clock, CancellationToken ct)
{
    private const int UsualLimit = 50;
    private const int MostLimit = 500;

    public static Member LimitParameter { get; } =
        new("limit", ValueKind.Number, "How many things a page has at most; 50 by default.") { Least = 1, Most = MostLimit };

    public Actor Actor => actor;

    public Input Query => query;

    public Input Body => body;

    public CancellationToken Ct => ct;

    public string Path(string name) => path[name];

    /// <summary>An id of digits; what is none is unknown.</summary>
    public long Id(string kind, string name = "id") =>
        long.TryParse(path[name], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 && $"{id}" == path[name]
            ? id
            : throw CommandException.NotFound(kind, Table.Printable(path[name]));

    /// <summary>Whether a thing is still what the caller read; null where they do not care.</summary>
    public Func<T, bool>? IsCurrent<T>(Func<T, IReadOnlyList<Field>> fieldsOf) =>
        ifMatch is null or "*" ? null : thing => VersionTag.Matches(ifMatch, VersionTag.Of(fieldsOf(thing)));

    /// <summary>A page of a list.</summary>
    /// <param name="read">Up to so many things after the one of that name; null for the first page.</param>
    /// <param name="nameOf">What a cursor has of the last thing of a page.</param>
    public async Task<AdminAnswer> PageAsync<T>(
        Func<string?, int, Task<IReadOnlyList<T>>> read, Func<T, string> nameOf, Func<T, IReadOnlyList<Field>> fieldsOf)
    {
        var limit = (int)(query.Number(LimitParameter.Name) ?? UsualLimit);
        var found = await read(await AfterAsync(), limit + 1); // one more says whether there is another page
        var page = found.Take(limit).ToList();
        var next = found.Count > limit
            ? tickets.Seal(new AdminCursor(operation.Id, Filters, key.Id, nameOf(page[^1]), clock.Now))
            : null;
        return AdminAnswer.Page(page.Select(fieldsOf), next);
    }

    /// <summary>The same of what has numbers for ids.</summary>
    public Task<AdminAnswer> PageAsync<T>(
        Func<long, int, Task<IReadOnlyList<T>>> read, Func<T, long> idOf, Func<T, IReadOnlyList<Field>> fieldsOf, long first = 0) =>
        PageAsync<T>(
            (after, take) => read(after is null ? first : long.Parse(after, CultureInfo.InvariantCulture), take),
            thing => idOf(thing).ToString(CultureInfo.InvariantCulture), fieldsOf);

    private string Filters => string.Join('&',
        from member in operation.Query
        where query.Has(member.Name)
        orderby member.Name
        select $"{member.Name}={member.Kind switch
        {
            ValueKind.Number => $"{query.Number(member.Name)}",
            ValueKind.Flag => $"{query.Flag(member.Name)}",
            ValueKind.Instant => $"{query.Instant(member.Name):O}",
            _ => Uri.EscapeDataString(query.Text(member.Name)!),
        }}") is var filters && path.Count == 0 ? filters : $"{string.Join('/', path.Values)}?{filters}";

    private async Task<string?> AfterAsync()
    {
        if (query.Text(AdminCursor.Name) is not { } text)
            return null;

        return await tickets.UnsealAsync<AdminCursor>(text, ct) is { } cursor
            && cursor.Operation == operation.Id && cursor.AdminKeyId == key.Id && cursor.Filters == Filters
            ? cursor.After
            : throw CommandException.WrongUsage(OperatorErrors.AdminApi.CursorRefused, "This cursor is good for nothing here.");
    }
}
