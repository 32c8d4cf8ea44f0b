"""The status of an order, from a database: SQLAlchemy, asynchronous."""

import os

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from yizhan import Account

account = Account()


class Base(DeclarativeBase):
    """All tables."""


class Order(Base):
    __tablename__ = "orders"
    number: Mapped[str] = mapped_column(primary_key=True)
    openid: Mapped[str] = mapped_column(index=True)
    status: Mapped[str]


engine: AsyncEngine
database: async_sessionmaker


@account.startup
async def connect():
    global engine, database
    url = os.environ.get("DATABASE_URL", "sqlite+aiosqlite:///orders.db")
    engine = create_async_engine(url, pool_pre_ping=True)
    database = async_sessionmaker(engine)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)


@account.shutdown
async def disconnect():
    await engine.dispose()


@account.text(regex=r"^(?:订单|查)\s*(?P<number>[A-Za-z0-9-]{4,20})$", throttle="20/min")
async def status(message, number):
    own = Order.openid == message.from_user
    async with database() as rows:
        order = await rows.scalar(select(Order).where(Order.number == number.upper(), own))
    if order is None:
        return "没有找到这个订单。请核对订单号；只能查自己的订单。"
    return f"订单 {order.number}：{order.status}"


@account.text("我的订单", throttle="20/min")
async def orders(message):
    own = select(Order).where(Order.openid == message.from_user)
    async with database() as rows:
        found = (await rows.scalars(own.order_by(Order.number.desc()).limit(5))).all()
    return "\n".join(f"{each.number}：{each.status}" for each in found) or "您还没有订单。"


@account.text
async def other(message):
    return "发“我的订单”，或“订单 1024”查一个。"
