using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Admin.Resources;

namespace Yaopai.Server.Admin.Api;

/// <summary><c>/users</c>: people.</summary>
internal sealed class UserResource(UserAdministration users) : IAdminResource
{
    private static readonly TimeSpan s_failuresWithin = TimeSpan.FromDays(1);

    private static readonly ErrorDefinition[] s_unknown = [OperatorErrors.Users.UserUnknown];

    private static readonly ErrorDefinition[] s_settingErrors =
    [
        OperatorErrors.Users.NameTaken, OperatorErrors.Users.PhoneTaken, OperatorErrors.Users.PhoneMalformed,
        OperatorErrors.Users.MailMissing, OperatorErrors.Users.PasswordUnacceptable,
    ];

    private static readonly Member[] s_filters =
    [
        new("name",   ValueKind.Text, "Only users whose name begins so, whatever its case."),
        new("mail",   ValueKind.Text, "Only users with this mail address, to the letter."),
        new("phone",  ValueKind.Text, "Only users with this number, with its calling code: +8613912345678."),
        new("region", ValueKind.Text, "Only users of this country or region: CN.") { FaultOf = Formats.Region },
        new("state",  ValueKind.Text, "Only users in this state.") { Words = ["enabled", "disabled", "recycled"] },
    ];

    private static readonly Member s_password = new("password", ValueKind.Text, "The password; one is made up and shown once by default.")
    {
        Longest = 4 * Passwords.Longest,
        FaultOf = _ => null, // judged where the user is known
    };

    private static readonly Member[] s_settings =
    [
        new("name",          ValueKind.Text,  "The name to sign in with; unique, ignoring case.") { FaultOf = Formats.Name },
        new("region",        ValueKind.Text,  "Country or region of registration: CN, HK, RU.") { FaultOf = Formats.Region },
        new("nickname",      ValueKind.Text,  "The name that other people see; null for none.")
            { IsNullable = true, FaultOf = Formats.Name },
        new("avatar",        ValueKind.Text,  "The https address of a picture; null for none.")
            { IsNullable = true, Longest = 2048, FaultOf = Formats.Avatar },
        new("mail",          ValueKind.Text,  "A mail address, unverified by default; null for none.")
            { IsNullable = true, FaultOf = Formats.Mail },
        new("mail_verified", ValueKind.Flag,  "Marks the mail address as verified."),
        new("profile",       ValueKind.Texts, $"Fields of the profile: job=teacher; 'job=' removes one. There are "
            + $"{string.Join(", ", ProfileFields.Names)}.") { Longest = 1024, FaultOf = UserSettings.FaultOfProfile },
        new("phones",        ValueKind.Texts, "Adds verified phone numbers: +8613912345678, or as dialled in the region.") { Most = 20 },
    ];

    private static readonly Member s_removed =
        new("removed_phones", ValueKind.Texts, "Removes phone numbers. If the bound one is, the next is bound.") { Most = 20 };

    private static readonly Member[] s_answer =
    [
        new("id",            ValueKind.Number,  "The id of the user."),
        new("name",          ValueKind.Text,    "The name to sign in with."),
        new("state",         ValueKind.Text,    "Whether they may sign in.") { Words = ["enabled", "disabled", "recycled"] },
        new("region",        ValueKind.Text,    "Country or region of registration."),
        new("nickname",      ValueKind.Text,    "The name that other people see.") { IsNullable = true },
        new("avatar",        ValueKind.Text,    "The address of a picture.") { IsNullable = true },
        new("mail",          ValueKind.Text,    "The mail address.") { IsNullable = true },
        new("mail_verified", ValueKind.Flag,    "Whether it is verified."),
        new("profile",       ValueKind.Texts,   "What they tell of themselves: job=teacher."),
        new("phones",        ValueKind.Objects, "Their phone numbers.")
        {
            Members =
            [
                new("number", ValueKind.Text, "With its calling code."),
                new("region", ValueKind.Text, "Of the number; 001 for none."),
                new("bound",  ValueKind.Flag, "Whether it is the account's own, to sign in with."),
            ],
        },
        new("created_at",    ValueKind.Instant, "When the account was created."),
        new("disabled_at",   ValueKind.Instant, "When it was disabled.") { IsNullable = true },
        new("recycled_at",   ValueKind.Instant, "When it was recycled.") { IsNullable = true },
    ];

    private static readonly Member s_shownPassword =
        new("password", ValueKind.Text, "The password, shown once, where one was made up.") { IsSecret = true };

    public IReadOnlyList<AdminOperation> Operations =>
    [
        new("user.list", "GET", "/users", AdminAccess.ReadUsers, "Finds users, by id.", ListAsync)
        {
            Query = s_filters,
            Form = AnswerForm.Page,
            Answer = s_answer,
            Errors = [OperatorErrors.Users.PhoneMalformed],
        },
        new("user.create", "POST", "/users", AdminAccess.Change, "Creates a user.", CreateAsync)
        {
            Body = [s_settings[0].Required(), s_settings[1].Required(), .. s_settings[2..], s_password],
            Answer = [.. s_answer, s_shownPassword],
            Status = StatusCodes.Status201Created,
            Errors = s_settingErrors,
        },
        new("user.show", "GET", "/users/{id}", AdminAccess.ReadUsers, "Shows a user.", ShowAsync)
        {
            Answer = s_answer,
            Errors = s_unknown,
        },
        new("user.change", "PATCH", "/users/{id}", AdminAccess.Change, "Changes the given values and keeps the others.", ChangeAsync)
        {
            Body = [.. s_settings, s_removed],
            Answer = s_answer,
            NeedsVersion = true,
            Errors = [.. s_unknown, .. s_settingErrors, OperatorErrors.Users.PhoneNotTheirs],
        },
        new("user.delete", "DELETE", "/users/{id}", AdminAccess.Change,
            "Deletes the user, with phone numbers and consents, and revokes all tokens.", DeleteAsync)
        {
            Form = AnswerForm.Nothing,
            Status = StatusCodes.Status204NoContent,
            Errors = s_unknown,
        },
        Do("disable", AdminAccess.Change, "Blocks the user from signing in and revokes all their tokens.",
            (call, id) => users.SwitchAsync(call.Actor, id, disable: true, call.Ct)),
        Do("enable", AdminAccess.Change, "Lets the user sign in again. Revoked tokens stay revoked.",
            (call, id) => users.SwitchAsync(call.Actor, id, disable: false, call.Ct)),
        Do("recycle", AdminAccess.Change, $"Recycles the account and revokes all its tokens. It can be restored for "
            + $"{AccountRecycling.Kept.TotalDays:0} days; then it is deleted.",
            (call, id) => users.RecycleAsync(call.Actor, id, call.Ct)),
        Do("restore", AdminAccess.Change, "Restores a recycled account. Revoked tokens stay revoked.",
            (call, id) => users.RestoreAsync(call.Actor, id, call.Ct)),
        Do("unlock", AdminAccess.HelpUsers, "Unlocks a user who is locked out after too many failed sign-ins.",
            (call, id) => users.UnlockAsync(call.Actor, id, call.Ct)),
        new("user.password.reset", "POST", "/users/{id}/password", AdminAccess.HelpUsers,
            "Gives the user another password, which ends all sign-ins and tokens, and unlocks them.", ResetAsync)
        {
            Body = [s_password],
            Answer = [.. s_answer, s_shownPassword],
            Errors = [.. s_unknown, OperatorErrors.Users.PasswordUnacceptable],
        },
        new("user.sign-ins", "GET", "/users/{id}/sign-ins", AdminAccess.ReadUsers,
            "Shows the last sign-ins, newest first, and how many failed within a day.", SignInsAsync)
        {
            Form = AnswerForm.Plain,
            Answer =
            [
                new("failures", ValueKind.Number, "How many sign-ins failed within a day; counted up to a hundred."),
                new("items", ValueKind.Objects, "The last that succeeded, up to twenty.")
                {
                    Members =
                    [
                        new("at", ValueKind.Instant, "When."),
                        new("known_device", ValueKind.Flag, "In a browser that could be recognised."),
                    ],
                },
            ],
            Errors = s_unknown,
        },
        new("user.sessions.end", "DELETE", "/users/{id}/sessions", AdminAccess.HelpUsers,
            "Ends all sign-ins of the user, and revokes all tokens that came of them.", EndSessionsAsync)
        {
            Form = AnswerForm.Nothing,
            Status = StatusCodes.Status204NoContent,
            Errors = s_unknown,
        },
        new("user.consents", "GET", "/users/{id}/consents", AdminAccess.ReadUsers, "Lists what the user allowed which app.", ConsentsAsync)
        {
            Form = AnswerForm.List,
            Answer =
            [
                new("client_id",    ValueKind.Text,    "The app."),
                new("scopes",       ValueKind.Texts,   "What it may."),
                new("shares_phone", ValueKind.Flag,    "Whether a phone number is shared with it."),
                new("granted_at",   ValueKind.Instant, "Since when."),
            ],
            Errors = s_unknown,
        },
        new("user.consent.withdraw", "DELETE", "/users/{id}/consents/{client_id}", AdminAccess.Change,
            "Takes a consent back, and revokes what the app has of the user.", WithdrawAsync)
        {
            Form = AnswerForm.Nothing,
            Status = StatusCodes.Status204NoContent,
            Errors = [.. s_unknown, OperatorErrors.Apps.AppUnknown, OperatorErrors.Users.ConsentUnknown],
        },
        new("user.bindings", "GET", "/users/{id}/bindings", AdminAccess.ReadUsers,
            "Lists as whom other platforms know the user.", BindingsAsync)
        {
            Form = AnswerForm.List,
            Answer =
            [
                new("provider",        ValueKind.Text,    "The platform."),
                new("provider_app_id", ValueKind.Text,    "The app there."),
                new("openid",          ValueKind.Text,    "The user there."),
                new("unionid",         ValueKind.Text,    "The same at all apps of one developer there.") { IsNullable = true },
                new("developer_id",    ValueKind.Number,  "Whose app bound them."),
                new("bound_at",        ValueKind.Instant, "Since when."),
            ],
            Errors = s_unknown,
        },
        new("user.binding.remove", "DELETE", "/users/{id}/bindings/{provider}/{provider_app_id}", AdminAccess.Change,
            "Removes a binding.", UnbindAsync)
        {
            Form = AnswerForm.Nothing,
            Status = StatusCodes.Status204NoContent,
            Errors = [.. s_unknown, OperatorErrors.Users.BindingUnknown],
        },
    ];

    private static long IdOf(AdminCall call) => call.Id(UserAdministration.Kind);

    private static AdminOperation Do(string verb, AdminAccess access, string summary, Func<AdminCall, long, Task<Account>> doAsync) =>
        new($"user.{verb}", "POST", $"/users/{{id}}/{verb}", access, summary,
            async call => AdminAnswer.One(UserFields.Of(await doAsync(call, IdOf(call)))))
        {
            Answer = s_answer,
            Errors = s_unknown,
        };

    private static UserChange ChangeOf(Input body) => new()
    {
        Name = body.Text("name"),
        Region = body.Text("region"),
        Nickname = body.Choice("nickname", body.Text),
        AvatarUrl = body.Choice("avatar", body.Text),
        Mail = body.Choice("mail", body.Text),
        MailVerified = body.Flag("mail_verified"),
        Profile = [.. (body.Texts("profile") ?? []).Select(UserSettings.NamedValue)],
        AddedPhones = body.Texts("phones") ?? [],
        RemovedPhones = body.Texts(s_removed.Name) ?? [],
        Password = body.Text(s_password.Name),
    };

    private Task<AdminAnswer> ListAsync(AdminCall call)
    {
        var phone = call.Query.Text("phone") is { } text ? UserChange.Read(text, region: null) : null;
        var filter = new AccountFilter
        {
            NameBegins = call.Query.Text("name"),
            Mail = call.Query.Text("mail"),
            Phone = phone is null ? null : (phone.CallingCode, phone.National),
            Region = call.Query.Text("region"),
            State = call.Query.Text("state") is { } state ? Enum.Parse<AccountState>(state, ignoreCase: true) : null,
        };
        return call.PageAsync((after, take) => users.ListAsync(filter, after, take, call.Ct), user => user.Id, UserFields.Of);
    }

    private async Task<AdminAnswer> CreateAsync(AdminCall call)
    {
        var (user, password) = await users.CreateAsync(call.Actor, ChangeOf(call.Body), call.Ct);
        return AdminAnswer.Created($"{AdminRoutes.Base}/users/{user.Id}", UserFields.Of(user), Shown(password));
    }

    private async Task<AdminAnswer> ShowAsync(AdminCall call) => AdminAnswer.One(UserFields.Of(await users.FindAsync(IdOf(call), call.Ct)));

    private async Task<AdminAnswer> ChangeAsync(AdminCall call) => AdminAnswer.One(UserFields.Of(
        await users.ChangeAsync(call.Actor, IdOf(call), ChangeOf(call.Body), call.IsCurrent<Account>(UserFields.Of), call.Ct)));

    private async Task<AdminAnswer> DeleteAsync(AdminCall call)
    {
        await users.DeleteAsync(call.Actor, IdOf(call), call.Ct);
        return AdminAnswer.Nothing;
    }

    private async Task<AdminAnswer> ResetAsync(AdminCall call)
    {
        var (user, password) = await users.ResetPasswordAsync(call.Actor, IdOf(call), call.Body.Text(s_password.Name), call.Ct);
        return AdminAnswer.One(UserFields.Of(user), Shown(password));
    }

    private async Task<AdminAnswer> SignInsAsync(AdminCall call)
    {
        var history = await users.SignInsAsync(IdOf(call), s_failuresWithin, call.Ct);
        return AdminAnswer.Plain(
        [
            new("failures", history.Failures),
            new("items", history.Successes.Select(one =>
                (IReadOnlyList<Field>)[new("at", one.At), new("known_device", one.Device is not null)])),
        ]);
    }

    private async Task<AdminAnswer> EndSessionsAsync(AdminCall call)
    {
        await users.EndSessionsAsync(call.Actor, IdOf(call), call.Ct);
        return AdminAnswer.Nothing;
    }

    private async Task<AdminAnswer> ConsentsAsync(AdminCall call) => AdminAnswer.List(
        (await users.ConsentsAsync(IdOf(call), call.Ct)).Select(consent => (IReadOnlyList<Field>)
        [
            new("client_id",    consent.AppId),
            new("scopes",       consent.Scopes),
            new("shares_phone", consent.PhoneId is not null),
            new("granted_at",   consent.GrantedAt),
        ]));

    private async Task<AdminAnswer> WithdrawAsync(AdminCall call)
    {
        await users.WithdrawConsentAsync(call.Actor, IdOf(call), AppResource.IdOf(call), call.Ct);
        return AdminAnswer.Nothing;
    }

    private async Task<AdminAnswer> BindingsAsync(AdminCall call) => AdminAnswer.List(
        (await users.BindingsAsync(IdOf(call), call.Ct)).Select(binding => (IReadOnlyList<Field>)
        [
            new("provider",        binding.Identity.Provider),
            new("provider_app_id", binding.Identity.ProviderAppId),
            new("openid",          binding.Identity.OpenId),
            new("unionid",         binding.Identity.UnionId),
            new("developer_id",    binding.DeveloperId),
            new("bound_at",        binding.BoundAt),
        ]));

    private async Task<AdminAnswer> UnbindAsync(AdminCall call)
    {
        await users.UnbindAsync(call.Actor, IdOf(call), call.Path("provider"), call.Path("provider_app_id"), call.Ct);
        return AdminAnswer.Nothing;
    }

    private static Field[] Shown(string? password) => password is null ? [] : [Field.Secret(s_shownPassword.Name, password)];
}
