using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>A call about one person: by user id, by the customer's id, or by mobile number.</summary>
internal class PersonRequest(Incoming incoming, ContactKit kit) : ContactRequest(incoming, kit)
{
    /// <summary>Longer than any id is.</summary>
    public const int LongestId = 128;

    private static readonly string[] s_names = ["userId", "corpUserId", "mobileNumber"];

    private Member? _byUserId, _byCorpUserId;

    public bool NamesSomebody => s_names.Any(name => Has(name));

    public bool NamesById => Has("userId") || Has("corpUserId");

    public bool NamesAreTexts => s_names.All(IsScalar);

    public bool NamesAreShort => s_names.All(name => this[name].Length <= LongestId && !this[name].Any(char.IsControl));

    /// <summary>Readable, where it is what the person is named by.</summary>
    public bool NumberIsReadable => NamesById || MobileNumber.Read(this["mobileNumber"]) is not null;

    /// <summary>The ids, where there are two, are one person's.</summary>
    public bool IsOnePerson => _byUserId is null || _byCorpUserId is null || _byUserId.UserId == _byCorpUserId.UserId;

    public Member Person { get; private set; } = null!;


    public async ValueTask<bool> LoadPersonAsync()
    {
        if (!NamesById)
        {
            var mobile = MobileNumber.Write(MobileNumber.Read(this["mobileNumber"])!);
            return (Person = (await Contacts.Members.FindAsync(TenantId, MemberKey.Mobile, mobile, Call.Ct))!) is not null;
        }

        var (userId, corpUserId) = (this["userId"], this["corpUserId"]);
        if (userId is not "")
            _byUserId = await Contacts.Members.FindAsync(TenantId, MemberKey.UserId, userId, Call.Ct);
        if (corpUserId is not "")
            _byCorpUserId = await Contacts.Members.FindAsync(TenantId, MemberKey.CorpUserId, corpUserId, Call.Ct);
        Person = (_byUserId ?? _byCorpUserId)!;
        return (userId is "" || _byUserId is not null) && (corpUserId is "" || _byCorpUserId is not null);
    }

    private bool Has(string name) => this[name] is not "" || !IsScalar(name);
}
