package dev.vat.report;

import dev.vat.disk.FreeSpace;
import dev.vat.project.Repository;
import dev.vat.project.Sizes;
import java.io.IOException;
import java.util.function.Consumer;

/// Whether the repository's disk has its reserve free.
final class DiskExamination implements Examination {
  private final Repository repository;

  DiskExamination(Repository repository) {
    this.repository = repository;
  }

  @Override
  public Check check() {
    return Check.DISK;
  }

  @Override
  public void run(Consumer<Finding> to) throws IOException {
    FreeSpace space = FreeSpace.on(repository.root(), 0);
    String free = Sizes.of(space.availableBytes()) + " are free on the repository's disk";
    to.accept(
        space.enough()
            ? Finding.ok(Check.DISK, free + ".")
            : Finding.note(
                Check.DISK,
                free
                    + ". Downloads leave "
                    + Sizes.of(space.reserveBytes())
                    + " free for everything else, so none will begin.",
                "Free at least "
                    + Sizes.of(space.reserveBytes() - space.availableBytes())
                    + ", for example by removing files that S3 or the SSD has."));
  }
}
