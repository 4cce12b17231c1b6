namespace Yaopai.Server.Provisioning;

/// <summary>How far an item got. The numbers are stored.</summary>
internal enum ItemState
{
    Queued = 0,

    /// <summary>Some node is about to apply it.</summary>
    Processing = 1,

    /// <summary>The member is saved, and an account to sign in with is under way.</summary>
    Opening = 2,

    /// <summary>The member can sign in.</summary>
    Opened = 3,

    /// <summary>The member is saved, and no account was asked for.</summary>
    Saved = 4,

    /// <summary>What is no opening was done.</summary>
    Done = 5,

    /// <summary>For the reason that its <see cref="ItemFault"/> says.</summary>
    Failed = 6,

    SecretaryMissing = 7,

    /// <summary>The department above it, or one that a member is to be in, is neither there nor queued.</summary>
    ParentMissing = 8,

    /// <summary>There is no such member to change.</summary>
    MemberMissing = 9,

    /// <summary>Not queued: an item of the same key was waiting.</summary>
    AlreadyQueued = 10,

    /// <summary>Not queued: an item of the same key was being applied.</summary>
    AlreadyProcessing = 11,
}
