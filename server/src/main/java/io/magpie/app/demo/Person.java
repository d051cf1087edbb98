package io.magpie.app.demo;

import io.magpie.access.Role;
import io.magpie.identity.NewUser;
import java.util.List;

/**
 * One of the demo people.
 *
 * @param password as it is printed at start
 */
public record Person(NewUser user, String password) {
  static final List<NewUser> ALL =
      List.of(
          new NewUser("admin", "管理员", "信息技术部", "系统管理员", Role.SUPER_ADMIN),
          new NewUser("zhang.wei", "张伟", "市场部", "市场经理", Role.EMPLOYEE),
          new NewUser("li.na", "李娜", "技术部", "研发工程师", Role.EMPLOYEE),
          new NewUser("wang.fang", "王芳", "行政部", "行政专员", Role.EMPLOYEE),
          new NewUser("chen.jie", "陈杰", "销售部", "客户经理", Role.EMPLOYEE));

  @Override
  public String toString() {
    return user.username();
  }
}
