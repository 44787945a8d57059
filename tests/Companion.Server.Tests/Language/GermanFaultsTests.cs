using Companion.Gateway;
using Companion.Gateway.Credentials;
using Companion.Server.Language;

namespace Companion.Server.Tests.Language;

/// <summary>The gateway client's English messages for requests without a usable response.</summary>
[TestClass]
public sealed class GermanFaultsTests
{
    private const string English = "The client's own words.";

    private static readonly GermanPhrases German = new();

    [TestMethod]
    public void English_comes_from_the_gateway_client() => Assert.AreEqual(English, new Phrases().Unanswered(Fault(FaultKind.Timeout)));

    [TestMethod]
    public void Every_kind_of_fault_has_its_own_message()
    {
        GatewayException[] faults =
        [
            .. Enum.GetValues<NotSentReason>().Select(static reason => new GatewayException(GoogleRpcCode.Unavailable, FaultKind.NotSent, English) { NotSentReason = reason }),
            .. Enum.GetValues<InvalidResponseReason>().Select(static reason => new GatewayException(GoogleRpcCode.Unknown, FaultKind.InvalidResponse, English) { InvalidResponseReason = reason }),
            Fault(FaultKind.Timeout),
            Fault(FaultKind.ConnectionLost),
        ];
        var sentences = faults.Select(German.Unanswered).ToList();
        CollectionAssert.AllItemsAreUnique(sentences);
        CollectionAssert.DoesNotContain(sentences, English);
        Assert.IsTrue(sentences.TrueForAll(static sentence => sentence.EndsWith('.')));
    }

    [TestMethod]
    public void A_time_to_wait_and_a_host_are_named()
    {
        var early = new GatewayException(GoogleRpcCode.ResourceExhausted, FaultKind.NotSent, English)
        {
            NotSentReason = NotSentReason.Other, RetryAfter = TimeSpan.FromSeconds(16.2),
        };
        StringAssert.Contains(German.Unanswered(early), "in 17 s");
        var redirect = new GatewayException(GoogleRpcCode.Unknown, FaultKind.InvalidResponse, English)
        {
            InvalidResponseReason = InvalidResponseReason.Redirect, RedirectHost = "portal.example",
        };
        StringAssert.Contains(German.Unanswered(redirect), "portal.example");
    }

    [TestMethod]
    public void Each_fault_of_a_key_is_named_with_its_origin()
    {
        Phrases[] languages = [new(), German];
        foreach (var phrases in languages)
        {
            var sentences = Enum.GetValues<ApiKeyFaultKind>().Select(kind => phrases.KeyUnusable(new UnusableKey("⟦place⟧", new ApiKeyFault(kind, "⟦detail⟧")))).ToList();
            CollectionAssert.AllItemsAreUnique(sentences);
            Assert.IsTrue(sentences.TrueForAll(static sentence => sentence.Contains("⟦place⟧", StringComparison.Ordinal)));
            Assert.HasCount(3, sentences.Where(static sentence => sentence.Contains("⟦detail⟧", StringComparison.Ordinal)));
        }
    }

    private static GatewayException Fault(FaultKind kind) => new(GoogleRpcCode.Unavailable, kind, English);
}
