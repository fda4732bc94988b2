package dev.vat;

import dev.vat.cli.KeepAwake;
import dev.vat.cli.OperatingSystem;
import dev.vat.cli.Services;
import dev.vat.cli.Surroundings;
import dev.vat.cli.Vat;
import dev.vat.cloud.AccessPolicies;
import dev.vat.cloud.AuditTrails;
import dev.vat.cloud.Condition;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.s3.CloudTrails;
import dev.vat.cloud.s3.IamPolicies;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.cloud.s3.S3ObjectStore;
import dev.vat.settings.S3Access;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Set;

/// Wiring: the only place that knows every implementation, and the only one that looks at the real
/// clock, environment and terminal.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    beginSlowOnes();
    UnpackedSqlite.use();
    OperatingSystem system = OperatingSystem.named(System.getProperty("os.name"));
    StandardTerminal terminal = StandardTerminal.of(system, System.getenv());
    Surroundings surroundings =
        new Surroundings(
            Path.of("").toAbsolutePath(),
            Path.of(System.getProperty("user.home")).toAbsolutePath(),
            System.getProperty("user.name"),
            system,
            System.getenv(),
            terminal,
            InstantSource.system(),
            ZoneId::systemDefault,
            new SignalInterruption());
    int exit = Vat.run(surroundings, new RealServices(system), arguments);
    terminal.out().flush();
    terminal.err().flush();
    System.exit(exit);
  }

  /// Begins what the JDK makes once and slowly, and nearly every command comes to need, on the core
  /// that has nothing to do yet: the powers of five of BigDecimal, up to a hundred thousand digits,
  /// which readers of JSON load. Who needs them earlier waits for them, as without this.
  private static void beginSlowOnes() {
    Thread.ofPlatform().daemon().name("vat-begin").start(() -> BigDecimal.valueOf(0));
  }

  private record RealServices(OperatingSystem system) implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking) {
      return S3ObjectStore.open(connection(access), bucket, lacking);
    }

    @Override
    public AccessPolicies openPolicies(S3Access access) {
      return IamPolicies.open(connection(access));
    }

    @Override
    public AuditTrails openTrails(S3Access access) {
      return CloudTrails.open(connection(access));
    }

    private static S3Connection connection(S3Access access) {
      return new S3Connection(
          access.endpoint(),
          access.region(),
          access.keys().map(k -> new S3Keys(k.accessKeyId(), k.secretKey(), k.sessionToken())),
          access.profile());
    }

    @Override
    public KeepAwake keepAwake() {
      return new ComputerAwake(system);
    }
  }
}
