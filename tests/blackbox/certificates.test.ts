import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { Authority } from "./support/authority.js";
import { culprit, diagnose } from "./support/diagnosing.js";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { OpensslServer, tlsBefore } from "./support/tlsServers.js";

const openssl = inject("systemPrograms").openssl;
let gateway: SandboxHost;
beforeAll(async () => {
  gateway = await SandboxHost.start();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const main = { FIREWORKS_API_KEY: sandboxKeys.main };

describe.skipIf(!openssl)("diagnose, with an invalid certificate", () => {
  const program = openssl ?? "";
  let authority: Authority;
  beforeAll(async () => {
    authority = await Authority.create(program);
  });
  afterAll(() => authority[Symbol.asyncDispose]());

  it("names a self-signed certificate", async () => {
    await using server = await OpensslServer.start(program, await authority.selfSigned("localhost"));
    const found = culprit(await diagnose({ gatewayUrl: `https://localhost:${server.port}` }, { env: main }));
    expect(found).toMatchObject({ id: "tls", fix: "openSettings" });
    expect(found?.message).toMatch(/self-signed \(CN=localhost\).*companion\.caFile/);
  });

  it("names an issuer that is not trusted, and where it was expected", async () => {
    await using server = await OpensslServer.start(program, await authority.issue(["localhost"]));
    await using other = await Authority.create(program, "Another Authority");
    const found = culprit(
      await diagnose(
        { gatewayUrl: `https://localhost:${server.port}`, caFile: other.pem.certificate },
        { env: main },
      ),
    );
    expect(found?.id).toBe("tls");
    expect(found?.message).toContain(`issuer isn't trusted on this machine: CN=${authority.name}`);
    expect(found?.message).toContain(`companion.caFile (${other.pem.certificate}, certificates: 1)`);
    expect(found?.message).toMatch(/certificate store|keychain/);
  });

  it("names a certificate that has expired", async () => {
    await using server = await OpensslServer.start(program, await authority.issue(["localhost"], -1));
    const found = culprit(
      await diagnose(
        { gatewayUrl: `https://localhost:${server.port}`, caFile: authority.pem.certificate },
        { env: main },
      ),
    );
    expect(found?.id).toBe("tls");
    expect(found?.message).toMatch(
      /^The certificate, or one in its chain, has expired[^.]*\. It must be renewed[^.]*\.$/,
    );
  });

  it("names a certificate for another name", async () => {
    await using server = await OpensslServer.start(program, await authority.issue(["elsewhere.example"]));
    const found = culprit(
      await diagnose(
        { gatewayUrl: `https://localhost:${server.port}`, caFile: authority.pem.certificate },
        { env: main },
      ),
    );
    expect(found?.id).toBe("tls");
    expect(found?.message).toMatch(/^The certificate is for elsewhere\.example, not for localhost/);
  });

  it.each(["caFile", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"])(
    "trusts the authority that %s names",
    async (by) => {
      await using server = await tlsBefore(gateway.url, await authority.issue(["localhost"]));
      const { certificate } = authority.pem;
      const named = by === "caFile" ? { caFile: certificate } : {};
      const env = by === "caFile" ? main : { ...main, [by]: certificate };
      const { steps } = await diagnose({ gatewayUrl: `https://localhost:${server.port}`, ...named }, { env });
      expect(steps.find(({ id }) => id === "tls")).toMatchObject({
        verdict: "ok",
        message: expect.stringContaining(`by ${authority.name}`),
      });
      expect(steps.map(({ verdict }) => verdict)).not.toContain("failed");
    },
  );

  it("reports that certificates aren't verified, and what is wrong with this one", async () => {
    await using server = await tlsBefore(gateway.url, await authority.selfSigned("elsewhere.example"));
    const { steps } = await diagnose(
      { gatewayUrl: `https://localhost:${server.port}`, strictSSL: false },
      { env: main },
    );
    expect(steps.find(({ id }) => id === "tls")).toMatchObject({
      verdict: "warning",
      fix: "openProxySettings",
      message: expect.stringMatching(/aren't verified.*for elsewhere\.example.*self-signed/),
    });
  });
});
