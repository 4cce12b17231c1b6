using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Accounts.Devices;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Accounts.SecondFactors;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Administration;
using Yaopai.Server.Apps;
using Yaopai.Server.Attendance;
using Yaopai.Server.Consents;
using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Credentials;
using Yaopai.Server.DataStore;
using Yaopai.Server.Events;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys;
using Yaopai.Server.Knowledge;
using Yaopai.Server.Marketplace;
using Yaopai.Server.Messages;
using Yaopai.Server.Organisations;
using Yaopai.Server.Provisioning;
using Yaopai.Server.ShortLinks;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Postgres;
using Yaopai.Server.Storage.Sql;
using Yaopai.Server.Storage.Sql.Accounts;
using Yaopai.Server.Storage.Sql.Administration;
using Yaopai.Server.Storage.Sql.Apps;
using Yaopai.Server.Storage.Sql.Attendance;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Storage.Sql.DataStore;
using Yaopai.Server.Storage.Sql.Events;
using Yaopai.Server.Storage.Sql.Identifiers;
using Yaopai.Server.Storage.Sql.Keys;
using Yaopai.Server.Storage.Sql.Knowledge;
using Yaopai.Server.Storage.Sql.Marketplace;
using Yaopai.Server.Storage.Sql.Messages;
using Yaopai.Server.Storage.Sql.Organisations;
using Yaopai.Server.Storage.Sql.Provisioning;
using Yaopai.Server.Storage.Sql.ShortLinks;
using Yaopai.Server.Storage.Sql.Todos;
using Yaopai.Server.Storage.Sql.Upstreams;
using Yaopai.Server.Storage.Sql.Worlds;
using Yaopai.Server.Storage.Sqlite;
using Yaopai.Server.Stores;
using Yaopai.Server.Todos;
using Yaopai.Server.Upstreams;

namespace Yaopai.Server.Storage;

/// <summary>Puts this room together.</summary>
internal static class StorageRegistration
{
    /// <summary>The stores, and what works behind them. An <see cref="IStorageSeam"/> is used when one is registered.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>()
            .Bind(configuration.GetSection(StorageOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);

        services.AddSingleton(provider => new ClockSkew(provider.GetRequiredService<IOptions<StorageOptions>>().Value.ClockSkew));
        services.AddSingleton(OpenDatabase);
        services.AddSingleton(provider => new WriteOrder(!provider.GetRequiredService<Database>().WritesWaitOnConnections));
        services.AddSingleton<IAppStore, SqlAppStore>();
        services.AddSingleton<IDeveloperStore, SqlDeveloperStore>();
        services.AddSingleton<IAccountGroupStore, SqlAccountGroupStore>();
        services.AddSingleton<IAccountStore, SqlAccountStore>();
        services.AddSingleton<IRecycledAccountStore, SqlRecycledAccountStore>();
        services.AddSingleton<IThirdPartySessionStore, SqlThirdPartySessionStore>();
        services.AddSingleton<IVerificationStore, SqlVerificationStore>();
        services.AddSingleton<IRealNameStore, SqlRealNameStore>();
        services.AddSingleton<IAccessKeyStore, SqlAccessKeyStore>();
        services.AddSingleton<IPersonalDataLog, SqlPersonalDataLog>();
        services.AddSingleton<ISignInStore, SqlSignInStore>();
        services.AddSingleton<ISecondFactorStore, SqlSecondFactorStore>();
        services.AddSingleton<IOpenSessionStore, SqlOpenSessionStore>();
        services.AddSingleton<IConsentStore, SqlConsentStore>();
        services.AddSingleton<IIdentifierStore, SqlIdentifierStore>();
        services.AddSingleton<IGrantStore, SqlGrantStore>();
        services.AddSingleton<IUsedCodeStore, SqlUsedCodeStore>();
        services.AddSingleton<ICallIdStore, SqlCallIdStore>();
        services.AddSingleton<ICallFenceStore, SqlCallFenceStore>();
        services.AddSingleton<IBindingStore, SqlBindingStore>();
        services.AddSingleton<IRequestIdStore, SqlRequestIdStore>();
        services.AddSingleton<IShortLinkStore, SqlShortLinkStore>();
        services.AddSingleton<IScanSceneStore, SqlScanSceneStore>();
        services.AddSingleton<IFriendStore, SqlFriendStore>();
        services.AddSingleton<IDeviceAuthorizationStore, SqlDeviceAuthorizationStore>();
        services.AddSingleton<IRevocationStore, SqlRevocationStore>();
        services.AddSingleton<IEventStore, SqlEventStore>();
        services.AddSingleton<SqlOutbox>();
        services.AddSingleton<IKeyStore, SqlKeyStore>();
        services.AddSingleton<IChangeFeed, SqlChangeFeed>();
        services.AddSingleton<DataLedger>();
        services.AddSingleton<IDataUsageStore>(provider => provider.GetRequiredService<DataLedger>());
        services.AddSingleton<IPreferenceStore, SqlPreferenceStore>();
        services.AddSingleton<IObjectTypeStore, SqlObjectTypeStore>();
        services.AddSingleton<IPropertyStore, SqlPropertyStore>();
        services.AddSingleton<IObjectStore, SqlObjectStore>();
        services.AddSingleton<IHashStore, SqlHashStore>();
        services.AddSingleton<IAssociationDefinitionStore, SqlAssociationDefinitionStore>();
        services.AddSingleton<IAssociationStore, SqlAssociationStore>();
        services.AddSingleton<ITenantStore, SqlTenantStore>();
        services.AddSingleton<ISubscriptionStore, SqlSubscriptionStore>();
        services.AddSingleton<IRegistrationStore, SqlRegistrationStore>();
        services.AddSingleton<IDepartmentStore, SqlDepartmentStore>();
        services.AddSingleton<IDepartmentTree, SqlDepartmentStore>();
        services.AddSingleton<IRoleGroupStore, SqlRoleGroupStore>();
        services.AddSingleton<IRoleStore, SqlRoleStore>();
        services.AddSingleton<IMemberStore, SqlMemberStore>();
        services.AddSingleton<IMembershipStore, SqlMemberStore>();
        services.AddSingleton<IAdministratorStore, SqlMemberStore>();
        services.AddSingleton<ICheckInStore, SqlCheckInStore>();
        services.AddSingleton<IArticleStore, SqlArticleStore>();
        services.AddSingleton<ICategoryStore, SqlCategoryStore>();
        services.AddSingleton<IAttachmentStore, SqlAttachmentStore>();
        services.AddSingleton<IUploadStore, SqlUploadStore>();
        services.AddSingleton<IUpstreamAccountStore, SqlUpstreamAccountStore>();
        services.AddSingleton<IUpstreamTokenStore, SqlUpstreamTokenStore>();
        services.AddSingleton<IProvisioningStore, SqlProvisioningStore>();
        services.AddSingleton<IProvisioningQueue, SqlProvisioningQueue>();
        services.AddSingleton<IPublicAccountStore, SqlPublicAccountStore>();
        services.AddSingleton<IFollowStore, SqlFollowStore>();
        services.AddSingleton<IRecipientStore, SqlRecipientStore>();
        services.AddSingleton<IMessageStore, SqlMessageStore>();
        services.AddSingleton<ITodoStore, SqlTodoStore>();
        services.AddSingleton<IPurchaseStore, SqlPurchaseStore>();
        services.AddSingleton<ICustomerStore, SqlCustomerStore>();
        services.AddSingleton<IMarketKeyStore, SqlMarketKeyStore>();
        services.AddSingleton<IAdminKeyStore, SqlAdminKeyStore>();
        services.AddSingleton<IAuditStore, SqlAuditStore>();
        services.AddSingleton<IStoredAnswers, SqlStoredAnswers>();
        services.AddSingleton<SqlPurge>();
        services.AddSingleton<DroppedTypes>();
        services.AddSingleton<DroppedDefinitions>();
        services.AddSingleton<AttachmentSweep>();
        services.AddSingleton<IWipe, SqlWipe>();
        services.AddSingleton<IRemoval, SqlRemoval>();
        services.AddSingleton<IWorldStore, SqlWorldStore>();
        services.AddSingleton<IDatabaseCopies, DatabaseCopies>();
        services.AddSingleton<IVoidSpanStore, SqlVoidSpanStore>();

        services.AddSingleton<StorageStartup>().AddHostedService(provider => provider.GetRequiredService<StorageStartup>());
        services.AddSingleton<FeedReader>().AddHostedService(provider => provider.GetRequiredService<FeedReader>());
        services.AddSingleton<IRevocationFeed>(provider => provider.GetRequiredService<FeedReader>());
        services.AddSingleton<WriteProbe>().AddHostedService(provider => provider.GetRequiredService<WriteProbe>());
        services.AddHostedService<PurgeSchedule>();
        return services;
    }

    private static Database OpenDatabase(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        var clock = provider.GetRequiredService<TimeProvider>();
        var seam = provider.GetService<IStorageSeam>();
        return options.IsPostgres ? new PostgresDatabase(options, clock, seam) : new SqliteDatabase(options, clock, seam);
    }
}
