package dev.vat.cli;

import dev.vat.cloud.AccessPolicies;
import dev.vat.cloud.AuditTrails;
import dev.vat.cloud.Condition;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.disk.FolderEvents;
import dev.vat.disk.Volumes;
import dev.vat.lifecycle.VolumeOf;
import dev.vat.settings.S3Access;
import java.time.Duration;
import java.util.Set;

/// What commands need and only `Main` can make, because it alone knows the implementations.
public interface Services {
  /// Opens a bucket. Nothing is sent yet.
  ///
  /// @param access how to reach S3, and as whom
  /// @param lacking conditions that the server does not honour, so that looks have to stand in for
  ///     them
  /// @return to be closed
  /// @throws StoreException when there are no credentials, or the address is none
  ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking)
      throws StoreException;

  /// Opens the access policies of the account. Nothing is sent yet.
  ///
  /// @return to be closed
  /// @throws StoreException when this program reaches no accounts
  default AccessPolicies openPolicies(S3Access access) throws StoreException {
    throw new StoreException.Unsupported("Access policies cannot be reached from here.", null);
  }

  /// Opens the trails of the account. Nothing is sent yet.
  ///
  /// @return to be closed
  /// @throws StoreException when this program reaches no accounts
  default AuditTrails openTrails(S3Access access) throws StoreException {
    throw new StoreException.Unsupported("Trails cannot be reached from here.", null);
  }

  /// Keeps the computer awake during transfers.
  KeepAwake keepAwake();

  /// What is mounted on this computer.
  default Volumes volumes() {
    return Volumes.ofThisSystem();
  }

  /// Tells disks apart: copies count on others only.
  default VolumeOf volumeOf() {
    return VolumeOf.thisSystem();
  }

  /// Wakes up who waits for files.
  ///
  /// @return to be closed
  default FolderEvents folderEvents() {
    return FolderEvents.ofThisSystem();
  }

  /// Lets time pass between two looks at something that takes hours.
  default void pause(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }
}
