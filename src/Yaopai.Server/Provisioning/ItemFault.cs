namespace Yaopai.Server.Provisioning;

/// <summary>Why an item failed. The numbers are stored.</summary>
internal enum ItemFault
{
    None = 0,

    /// <summary>It is there already, or was once: keys are not used again.</summary>
    KeyTaken = 1,

    /// <summary>The mobile number is another member's or account's.</summary>
    MobileTaken = 2,

    /// <summary>The mobile number changed too often lately.</summary>
    MobileChangedTooOften = 3,

    DepartmentMissing = 4,

    /// <summary>A department that has departments or members below it stays.</summary>
    DepartmentNotEmpty = 5,

    /// <summary>A department cannot be below itself.</summary>
    DepartmentInCircle = 6,

    /// <summary>Without a mobile number there is nothing to sign in with.</summary>
    MobileMissing = 7,

    /// <summary>The server could not apply it, however often it tried.</summary>
    Broken = 8,

    /// <summary>One of the roles that the member is to have is none of the tenant's.</summary>
    RoleMissing = 9,
}
