using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Environments;
using Companion.Server.Tests.Support;
using Moq;

namespace Companion.Server.Tests.Environments;

[TestClass]
public sealed class RolesTests
{
    private const string Trainer = "arn:aws:iam::123456789012:role/trainer";
    private const string Reader = "arn:aws:iam::123456789012:role/data/reader";

    [TestMethod]
    public async Task Each_valid_role_is_listed_once_across_all_pages() => CollectionAssert.AreEqual(
        new[] { new RoleInfo { Role = Trainer }, new RoleInfo { Role = Reader, Principal = "ada@acme.example" } },
        await RolesAsync(
            [Binding(Trainer, "ada@acme.example"), Binding(Reader, "ada@acme.example"), Binding("trainer", "ada@acme.example")],
            [Binding(Trainer, "grace@acme.example"), Binding("arn:aws:sts::123456789012:assumed-role/trainer/ada", null), Binding(Reader, "ada@acme.example")]));

    [TestMethod]
    public async Task The_principal_of_a_role_is_reported_only_if_it_is_the_only_one()
    {
        Assert.IsNull((await RolesAsync([Binding(Trainer, null)])).Single().Principal);
        Assert.IsNull((await RolesAsync([Binding(Trainer, null), Binding(Trainer, "ada@acme.example")])).Single().Principal);
    }

    [TestMethod]
    public async Task None_is_none() => Assert.IsEmpty(await RolesAsync());

    private static GatewayAwsIamRoleBinding Binding(string role, string? principal) => new() { Role = role, Principal = principal };

    private static async Task<List<RoleInfo>> RolesAsync(params GatewayAwsIamRoleBinding[][] pages)
    {
        var gateway = new Mock<IGateway>(MockBehavior.Strict);
        gateway.Setup(g => g.ListAwsIamRoleBindingsAsync("acme", It.IsAny<CancellationToken>())).Returns(pages.ToAsyncEnumerable());
        return [.. await new EnvironmentCatalog(gateway.Object, Wiring.Whole()).ListRolesAsync("acme", CancellationToken.None)];
    }
}
