using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Accounts.SecondFactors;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Sandbox.Seeds;

/// <summary>Makes, changes and removes people with any id and any setting.</summary>
internal sealed class UserSeeds(
    IAccountStore accounts, AccountDirectory directory, RealNameDirectory realNames, AccountRecycling recycling, AccountDeletion deletion,
    PasswordChange passwords, PasswordHashing hashing, SecondFactors factors, Revoker revoker, TimeProvider time)
{
    private const int MostPhones = 20;
    private const int Tries = 5;

    public async Task<(Account? Account, Problem? Problem)> AddAsync(UserSeed seed, CancellationToken ct)
    {
        if (seed.Name is null)
            return (null, Problem.Invalid("name: is missing; it is what the person signs in with."));

        if (FaultOf(seed) is { } fault)
            return (null, Problem.Invalid(fault));

        var hash = await HashOfAsync(seed, ct) ?? DemoData.PasswordHash;
        for (var tries = 1; ; tries++)
        {
            var (account, wrong) = Apply(seed, Blank(seed, hash));
            if (wrong is not null)
                return (null, Problem.Invalid(wrong));

            if (await accounts.TryAddAsync(account!, ct))
            {
                await PutRealNameAsync(account!.Id, seed.RealName, ct);
                await PutSecondFactorAsync(account.Id, seed.TotpSecret, ct);
                directory.OnChanged(new(ChangeKind.Account, account.Id));
                return (account, null);
            }

            if (await ClashAsync(account!, seed.Id, ct) is { } clash || tries == Tries)
                return (null, Problem.Conflict(await ClashAsync(account!, seed.Id, ct) ?? "id: no free one was found."));
        }
    }

    public async Task<(Account? Account, Problem? Problem)> ChangeAsync(string who, UserSeed seed, CancellationToken ct)
    {
        if (await FindAsync(who, ct) is not { } before)
            return (null, Missing(who));

        if (seed.Id is { } other && other != before.Id)
            return (null, Problem.Invalid("id: is never changed."));

        if (FaultOf(seed) is { } fault)
            return (null, Problem.Invalid(fault));

        var (applied, wrong) = Apply(seed, before);
        if (wrong is not null)
            return (null, Problem.Invalid(wrong));

        var changed = seed.Password is { } password
            ? await passwords.SetAsync(before.Id, one => Apply(seed, one).Account!, password, ct)
            : seed.PasswordHash is { } hash
                ? await accounts.ChangeAsync(before.Id, one => Apply(seed, one).Account!, hash, ct)
                : await accounts.ChangeAsync(before.Id, one => Apply(seed, one).Account!, ct);
        if (changed is null)
            return (null, Problem.Conflict(await ClashAsync(applied!, before.Id, ct) ?? "The account went away meanwhile."));

        if (seed.Disabled is true)
            await revoker.RevokeAccountAsync(before.Id, ct);
        if (seed.Recycled is true)
            await recycling.TryRecycleAsync(before.Id, ct);
        else if (seed.Recycled is false)
            await recycling.TryRestoreAsync(before.Id, ct);
        await PutRealNameAsync(before.Id, seed.RealName, ct);
        await PutSecondFactorAsync(before.Id, seed.TotpSecret, ct);
        directory.OnChanged(new(ChangeKind.Account, before.Id));
        return (await accounts.FindAsync(before.Id, ct), null);
    }

    /// <summary>As <c>user delete</c> does it: the person's data goes, tokens die, apps that were trusted are told.</summary>
    public async Task<Problem?> RemoveAsync(string who, CancellationToken ct)
    {
        if (await FindAsync(who, ct) is not { } account || !await deletion.TryDeleteAsync(account.Id, ct))
            return Missing(who);

        directory.OnChanged(new(ChangeKind.Account, account.Id));
        return null;
    }

    /// <summary>By name, or by id.</summary>
    public async Task<Account?> FindAsync(string who, CancellationToken ct) =>
        who.Length > 0 && who.All(char.IsAsciiDigit) && long.TryParse(who, out var id) && await accounts.FindAsync(id, ct) is { } numbered
            ? numbered
            : AccountFormats.IsName(who) ? await accounts.FindByNameAsync(who, ct) : null;

    public static Problem Missing(string who) =>
        Problem.NotFound($"There is nobody called \"{(AccountFormats.IsName(who) ? who : "…")}\". GET /sandbox lists the demo users.");

    /// <summary>As they would be written down.</summary>
    public async Task<UserSeed> DescribeAsync(Account account, CancellationToken ct) => new()
    {
        Id = account.Id,
        Name = account.Name,
        Region = account.Region,
        Nickname = account.Nickname,
        AvatarUrl = account.AvatarUrl,
        Email = account.Email,
        EmailVerified = account.EmailVerified,
        Phones =
        [
            .. account.Phones.Select(phone => new PhoneSeed(
                $"+{phone.CallingCode}{phone.National}", phone.IsBound, phone.VerifiedAt)),
        ],
        Profile = account.Profile,
        Disabled = account.DisabledAt is not null,
        Recycled = account.RecycledAt is not null,
        TotpSecret = await SecretOfAsync(account.Id, ct) is { } secret ? TimeCode.TextOf(secret) : null,
        RealName = await realNames.FindAsync(account.Id, ct) is { } stored && await realNames.OpenAsync(stored, ct) is { } real
            ? new(real.Name, real.Number, real.Level, (int)real.State)
            : null,
    };

    /// <summary>The secret of a person's second factor; null for a person without.</summary>
    public async Task<byte[]?> SecretOfAsync(long accountId, CancellationToken ct) =>
        await factors.FindAsync(accountId, ct) is { } factor ? await factors.OpenAsync(factor, ct) : null;

    private Account Blank(UserSeed seed, string hash) => new()
    {
        Id = seed.Id ?? AccountFormats.NewId(),
        Name = seed.Name!,
        PasswordHash = hash,
        Region = seed.Region ?? "CN",
        Email = seed.Email is null ? MailOf(seed.Name!) : null,
        EmailVerified = seed.Email is null && MailOf(seed.Name!) is not null,
        CreatedAt = time.GetUtcNow(),
        RecycledAt = seed.Recycled is true ? time.GetUtcNow() : null,
    };

    private (Account? Account, string? Fault) Apply(UserSeed seed, Account account)
    {
        var email = seed.Email is null ? account.Email : Text(seed.Email, account.Email);
        var verified = seed.EmailVerified ?? (email == account.Email ? account.EmailVerified : email is not null);
        if (verified && email is null)
            return (null, "email_verified: there is no address to be verified; give \"email\" too.");

        var region = seed.Region ?? account.Region;
        var phones = account.Phones;
        if (PhonesOf(seed) is { } given && ReadPhones(given, region, account.Phones, out phones) is { } fault)
            return (null, fault);

        return (account with
        {
            Name = seed.Name ?? account.Name,
            Region = region,
            Nickname = Text(seed.Nickname, account.Nickname),
            AvatarUrl = Text(seed.AvatarUrl, account.AvatarUrl),
            Email = email,
            EmailVerified = verified,
            Profile = seed.Profile is null ? account.Profile : seed.Profile.Where(field => field.Value is not "").ToDictionary(),
            Phones = phones,
            DisabledAt = seed.Disabled switch { null => account.DisabledAt, true => account.DisabledAt ?? time.GetUtcNow(), false => null },
        }, null);
    }

    private static IReadOnlyList<PhoneSeed>? PhonesOf(UserSeed seed) => seed.Phones ?? (seed.Phone is { } phone ? [new(phone)] : null);

    private static string? MailOf(string name) => AccountFormats.IsMail($"{name}@demo.example") ? $"{name}@demo.example" : null;

    private static string? Text(string? given, string? before) => given switch { null => before, "" => null, _ => given };

    private string? ReadPhones(
        IReadOnlyList<PhoneSeed> seeds, string region, IReadOnlyList<PhoneNumber> before, out IReadOnlyList<PhoneNumber> phones)
    {
        phones = [];
        var read = new List<PhoneNumber>();
        foreach (var (at, seed) in seeds.Index())
        {
            var text = seed?.Number ?? "";
            if (!NewPhoneNumber.TryParse(text, NewPhoneNumber.IsInternational(text) ? null : region, out var number, out var fault))
                return $"phones[{at}].number: {Say(fault)}.";
            if (read.Exists(number.Is))
                return $"phones[{at}].number: is there twice.";

            var known = before.FirstOrDefault(number.Is);
            read.Add(new PhoneNumber(
                known?.Id ?? AccountFormats.NewId(), number.CallingCode, number.National, number.Region,
                seed!.Bound ?? at == 0, seed.VerifiedAt ?? known?.VerifiedAt ?? time.GetUtcNow()));
        }

        if (read.Count(phone => phone.IsBound) > 1)
            return "phones: at most one is \"bound\".";

        phones = read;
        return null;
    }

    private static string? FaultOf(UserSeed seed) => seed switch
    {
        { Id: <= 0 or > AppSeeds.MostId } => $"id: 1 to {AppSeeds.MostId}, or nothing to have one drawn.",
        { Name: { } name } when !AccountFormats.IsName(name) =>
            $"name: 1 to {AccountFormats.LongestName} characters and no control characters.",
        { Password: { } password } when !Passwords.HasLength(password) =>
            $"password: {Passwords.Shortest} to {Passwords.Longest} characters, or nothing for the demo's.",
        { Password: not null, PasswordHash: not null } => "Either \"password\" or \"password_hash\".",
        { PasswordHash: { Length: > 1_000 } } => "password_hash: one that GET /sandbox/seed wrote.",
        { Region: { } region } when !AccountFormats.IsRegion(region) => "region: two upper-case letters: CN, HK, RU.",
        { Nickname: { Length: > 0 } nickname } when !AccountFormats.IsName(nickname) =>
            $"nickname: up to {AccountFormats.LongestName} characters and no control characters; empty for none.",
        { AvatarUrl: { Length: > 0 } avatar } when !AccountFormats.IsAvatar(avatar) =>
            "avatar_url: an https address: https://example.com/me.png; empty for none.",
        { Email: { Length: > 0 } email } when !AccountFormats.IsMail(email) => "email: a mail address: name@example.com; empty for none.",
        { TotpSecret: { Length: > 0 } secret } when TimeCode.TryReadSecret(secret) is null =>
            "totp_secret: 16 to 128 characters of base32 (A to Z, 2 to 7): JBSWY3DPEHPK3PXP; empty for none.",
        { Phone: not null, Phones: not null } => "Either \"phone\" or \"phones\".",
        { Phones.Count: > MostPhones } => $"phones: at most {MostPhones}.",
        _ => (seed.Profile ?? new Dictionary<string, string>())
            .Select(field => ProfileFields.FaultOf(field.Key, field.Value ?? "") is { } fault ? $"profile.{field.Key}: {fault}." : null)
            .FirstOrDefault(fault => fault is not null)
            ?? FaultOf(seed.RealName),
    };

    private static string? FaultOf(RealNameSeed? seed)
    {
        if (seed is null)
            return null;

        if (!RealName.IsName(seed.Name ?? ""))
            return "real_name.name: letters, with spaces, hyphens or dots between them: 张三.";

        if (!ResidentIdentityNumber.TryParse(seed.Number ?? "", DateTimeOffset.MaxValue.AddYears(-1), out _, out var fault))
            return $"real_name.number: an identity number of GB 11643 with its check character, such as 11010519491231002X ({fault}).";

        var (level, state) = LevelOf(seed);
        return RealName.Fits(level, state)
            ? null
            : "real_name.level, real_name.state: state 1 (verified) with a level of 10, 20, 30, 35 or 40; state 0 or 2 with level 0.";
    }

    private static (int Level, RealNameState State) LevelOf(RealNameSeed seed)
    {
        var state = (RealNameState)(seed.State ?? (int)RealNameState.Verified);
        return (seed.Level ?? (state is RealNameState.Verified ? 20 : 0), state);
    }

    private async Task PutRealNameAsync(long accountId, RealNameSeed? seed, CancellationToken ct)
    {
        if (seed is null)
            return;

        var (level, state) = LevelOf(seed);
        await realNames.PutAsync(
            new RealName(accountId, seed.Name!, seed.Number!.ToUpperInvariant(), level, state, time.GetUtcNow()), ct);
    }

    private async Task PutSecondFactorAsync(long accountId, string? secret, CancellationToken ct)
    {
        if (secret is null)
            return;

        await factors.TryTurnOffAsync(accountId, ct);
        if (secret is not "")
            await factors.TryPutAsync(accountId, TimeCode.TryReadSecret(secret)!, ct);
    }

    private async Task<string?> HashOfAsync(UserSeed seed, CancellationToken ct) =>
        seed.PasswordHash ?? (seed.Password is null or DemoData.Password ? null : await hashing.HashAsync(seed.Password, ct));

    /// <summary>What of it is somebody else's; null where nothing is, and the id was drawn.</summary>
    private async Task<string?> ClashAsync(Account account, long? id, CancellationToken ct)
    {
        if (await accounts.FindByNameAsync(account.Name, ct) is { } named && named.Id != account.Id)
            return $"name: \"{account.Name}\" is somebody's already. PUT /sandbox/users/{account.Name} changes them.";

        if (account.BoundPhone is { } phone
            && await accounts.FindByPhoneAsync(phone.CallingCode, phone.National, ct) is { } owner && owner.Id != account.Id)
            return $"phone: +{phone.CallingCode}{phone.National} is bound to \"{owner.Name}\".";

        return id is not null && await accounts.FindAsync(account.Id, ct) is not null
            ? $"id: {account.Id} is somebody's already. PUT /sandbox/users/{account.Id} changes them."
            : null;
    }

    private static string Say(PhoneNumberFault fault) => fault switch
    {
        PhoneNumberFault.TooShort => "is too short",
        PhoneNumberFault.TooLong => "is too long",
        PhoneNumberFault.CallingCodeUnknown => "has a calling code that no country has",
        _ => "a number with its calling code: +8611136000008",
    };
}
