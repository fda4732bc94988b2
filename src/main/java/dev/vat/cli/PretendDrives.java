package dev.vat.cli;

import dev.vat.cloud.Condition;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.lifecycle.VolumeOf;
import dev.vat.settings.S3Access;
import java.nio.file.Path;
import java.util.Set;

/// For the demo alone: takes a folder for a drive, so that a copy there counts, though it is on the
/// same disk. Everything else is real.
///
/// @param drive everything below is on the drive
record PretendDrives(Services real, Path drive) implements Services {
  @Override
  public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking)
      throws StoreException {
    return real.openStore(access, bucket, lacking);
  }

  @Override
  public KeepAwake keepAwake() {
    return real.keepAwake();
  }

  @Override
  public VolumeOf volumeOf() {
    VolumeOf others = real.volumeOf();
    return path -> path.toAbsolutePath().startsWith(drive) ? drive : others.path(path);
  }
}
