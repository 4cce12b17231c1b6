using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.Identity.MiniProgram;
using Yaopai.Server.Surfaces.Identity.OAuth;

namespace Yaopai.Server.Surfaces.Identity.Users;

/// <summary>A request of a person whom another platform vouches for, and who shows the ticket that says so.</summary>
internal abstract class TicketRequest(Call call, BindTicket? ticket, Bindings bindings, CallerKit callers)
{
    public string this[string parameter] => call.Parameters[parameter];

    public Call Call => call;

    /// <summary>Null for what is no ticket, or has expired.</summary>
    public BindTicket? Ticket => ticket;

    public bool IsSecure => callers.IsSecure(call);

    public bool IsEmpty => !call.HasBody && call.Parameters.Items.Count == 0;

    /// <summary>A number of the mainland has eleven digits and begins with 1; every other says its calling code.</summary>
    public NewPhoneNumber? Number => field ??= Phones.Read(this["phone"]);

    /// <summary>An app that is named has to be the one that the ticket was given to.</summary>
    public bool IsOfCaller => MiniRequest.KeyOf(call) is var key && (key is "" || ClientId.Parse(key) == ticket!.AppId);

    public ValueTask<bool> IsUnusedAsync() => bindings.IsUnusedAsync(ticket!, call.Ct);

    public static ValueTask<BindTicket?> ReadAsync(Call call, Bindings bindings) => bindings.ReadAsync(
        call.Parameters["user_ticket"] is { Length: > 0 } text ? text : call.Parameters["bind_ticket"], call.Ct);
}
