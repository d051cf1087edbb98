package io.magpie.identity;

import io.magpie.access.Access;
import io.magpie.access.Action;
import io.magpie.access.Actor;
import io.magpie.access.Decision;
import io.magpie.access.Role;
import java.util.Set;
import java.util.UUID;

/**
 * What can be done to users and apps, and who may. Until guests share conversations, a guest sees
 * nobody but itself.
 */
public final class IdentityActions {
  /** To see a user's name and picture. */
  public static final Action<Account> USER_READ = new Action<>("user.read", Account.class);

  /** To see those who are disabled in lists. */
  public static final Action<Account> USER_READ_DISABLED =
      new Action<>("user.read_disabled", Account.class);

  public static final Action<NewUser> USER_CREATE = new Action<>("user.create", NewUser.class);

  /** To change a user, or to make a link with which the password is set. */
  public static final Action<Account> USER_UPDATE = new Action<>("user.update", Account.class);

  /** To register apps and to make and end their keys. */
  public static final Action<Apps> APPS_MANAGE = new Action<>("app.manage", Apps.class);

  /** To act for the users of an app; the object is the app's id. */
  public static final Action<UUID> APP_USE = new Action<>("app.use", UUID.class);

  /** All apps of the installation. */
  public enum Apps {
    ALL
  }

  private IdentityActions() {}

  static void register(Access access) {
    access.rule(USER_READ, IdentityActions::read);
    access.rule(USER_READ_DISABLED, (actor, user) -> superAdminElse(actor, Decision.HIDE));
    access.rule(USER_CREATE, (actor, user) -> superAdminElse(actor, Decision.FORBID));
    access.rule(USER_UPDATE, (actor, user) -> superAdminElse(actor, update(actor, user)));
    access.rule(APPS_MANAGE, (actor, apps) -> superAdminElse(actor, Decision.FORBID));
    access.rule(
        APP_USE,
        (actor, app) ->
            actor instanceof Actor.App own && own.id().equals(app)
                ? Decision.ALLOW
                : Decision.HIDE);
  }

  private static Decision read(Actor actor, Account account) {
    if (!(actor instanceof Actor.User user)) {
      return Decision.HIDE;
    }
    boolean guest = user.roles().equals(Set.of(Role.GUEST));
    return !guest || user.id().equals(account.id()) ? Decision.ALLOW : Decision.HIDE;
  }

  /** Whoever may see the user may know that it is there. */
  private static Decision update(Actor actor, Account account) {
    return read(actor, account) == Decision.ALLOW ? Decision.FORBID : Decision.HIDE;
  }

  private static Decision superAdminElse(Actor actor, Decision otherwise) {
    return actor instanceof Actor.User user && user.superAdmin() ? Decision.ALLOW : otherwise;
  }
}
