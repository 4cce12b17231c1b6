namespace Yaopai.Server.Provisioning;

internal enum ItemAction
{
    /// <summary>Makes it, or changes it where it is there.</summary>
    Put,
    Create,
    Update,
    Delete,

    /// <summary>Gives a member another mobile number.</summary>
    ChangeMobile,

    /// <summary>Gives it another key of the customer's.</summary>
    ChangeKey,
}
