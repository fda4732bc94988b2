package dev.vat.report;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.disk.Volumes;
import dev.vat.project.Repository;
import dev.vat.settings.Machine;
import dev.vat.settings.S3Access;
import dev.vat.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/// What the doctor examines, and with what.
///
/// @param folder where the user is, absolute
/// @param repository the one that the folder belongs to
/// @param settings reads them; may throw a [dev.vat.settings.SettingsException]
/// @param machine this computer
/// @param environment for finding git
/// @param volumes what is mounted on this computer
/// @param store opens a bucket
/// @param clock this computer's
/// @param write whether a probe object may be written to the bucket (and removed again)
/// @param limit the longest that one question to S3 may take
public record DoctorSubject(
    Path folder,
    Optional<Repository> repository,
    Supplier<Settings> settings,
    Machine machine,
    Map<String, String> environment,
    Volumes volumes,
    StoreOpener store,
    InstantSource clock,
    boolean write,
    Duration limit) {
  /// Opens a bucket, to be closed by the caller.
  public interface StoreOpener {
    /// @throws StoreException when there are no credentials, or the address is none
    ObjectStore open(S3Access access, String bucket) throws StoreException;
  }

  public DoctorSubject {
    if (!folder.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + folder);
    }
    Objects.requireNonNull(repository);
    Objects.requireNonNull(settings);
    Objects.requireNonNull(machine);
    environment = Map.copyOf(environment);
    Objects.requireNonNull(volumes);
    Objects.requireNonNull(store);
    Objects.requireNonNull(clock);
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("no time to answer: " + limit);
    }
  }
}
