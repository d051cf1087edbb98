import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterEach, expect, inject } from 'vitest';
import { browser } from './browser.ts';
import { PASSWORD } from './server.ts';

const contexts = new Set<BrowserContext>();
const problems: string[] = [];

/** How long a person waits for something to appear. */
const PATIENCE_MS = 15_000;

afterEach(async () => {
  await Promise.all([...contexts].map((context) => context.close()));
  contexts.clear();
  // A violated policy or an exception in the page fails whatever test it happened in.
  expect(problems.splice(0)).toEqual([]);
});

/** Somebody at a browser of their own. */
export class Person {
  readonly page: Page;
  readonly context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  /**
   * A browser without a login, in English, light colours and without motion (a click meets what it
   * aims at) unless told otherwise.
   */
  static async arrive(options: BrowserContextOptions = {}): Promise<Person> {
    const context = await (
      await browser()
    ).newContext({
      locale: 'en-GB',
      colorScheme: 'light',
      reducedMotion: 'reduce',
      baseURL: inject('url'),
      ...options,
    });
    contexts.add(context);
    context.setDefaultTimeout(PATIENCE_MS);
    context.on('weberror', (error) => problems.push(String(error.error())));
    context.on('console', (message) => {
      if (/Content.Security.Policy|violates/iu.test(message.text())) problems.push(message.text());
    });
    return new Person(context, await context.newPage());
  }

  static async logIn(username: string, options: BrowserContextOptions = {}): Promise<Person> {
    const person = await Person.arrive(options);
    await person.page.goto('/');
    await person.enter(username, PASSWORD);
    await person.page.getByRole('navigation', { name: 'Conversations' }).waitFor();
    return person;
  }

  async enter(username: string, password: string): Promise<void> {
    await this.page.getByLabel('User name').fill(username);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Log in' }).click();
  }

  /** Another tab of the same browser. */
  async secondTab(): Promise<Person> {
    const tab = new Person(this.context, await this.context.newPage());
    await tab.page.goto('/');
    await tab.page.getByRole('navigation', { name: 'Conversations' }).waitFor();
    return tab;
  }

  conversation(name: string): Locator {
    return this.page.getByTestId('conversation').filter({ hasText: name });
  }

  async open(name: string): Promise<void> {
    await this.conversation(name).first().click();
    await this.composer.waitFor();
    await this.page.locator('.message-list[aria-busy="false"]').waitFor();
  }

  /** A new group of these people, by their display names. */
  async createGroup(name: string, people: readonly string[]): Promise<void> {
    await this.page.getByRole('button', { name: 'New conversation' }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByText('Group', { exact: true }).click();
    await dialog.getByLabel('Name of the group').fill(name);
    for (const person of people) await dialog.getByLabel(person).check();
    await dialog.getByRole('button', { name: 'Start' }).click();
    await this.composer.waitFor();
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Write a message' });
  }

  async write(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** The messages that hold a text. */
  message(text: string): Locator {
    return this.page.locator('.message-list [data-row]').filter({ hasText: text });
  }

  async texts(): Promise<string[]> {
    return this.page.locator('.message-list').getByTestId('message-body').allInnerTexts();
  }

  /** Chooses from the actions of a message. */
  async act(text: string, action: string): Promise<void> {
    await this.message(text).hover();
    await this.message(text).getByRole('button', { name: 'More' }).click();
    await this.page.getByRole('menuitem', { name: action, exact: true }).click();
  }

  async status(text: string, wanted: string): Promise<void> {
    await this.message(text).locator(`[data-status="${wanted}"]`).waitFor();
  }

  async live(): Promise<void> {
    await this.page.locator('.status-light.status-live').waitFor();
  }
}
