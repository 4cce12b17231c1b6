namespace Yaopai.Server.Provisioning;

/// <summary>What an item is about, in the order in which a tenant's are taken: a member may be in any of the departments.</summary>
internal enum ItemSubject
{
    Department,
    Member,
}
